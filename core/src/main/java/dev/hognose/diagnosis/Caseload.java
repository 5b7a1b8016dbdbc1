package dev.hognose.diagnosis;

import java.util.function.Predicate;

/**
 * How many ailments of a service are told apart.
 *
 * @param open that have cases
 */
public record Caseload(String service, int open) {

  public static Caseload none(String service) {
    return new Caseload(service, 0);
  }

  /**
   * What the sighting is told as: its own ailment, or once there are too many, the one that all the
   * rest of its kind share.
   *
   * @param known whether an ailment has cases
   */
  Ailment of(Sighting sighting, Predicate<Ailment> known, DiagnosisPolicy policy) {
    Ailment own = sighting.ailment();
    return open < policy.mostCulprits() || known.test(own) ? own : own.rest();
  }

  public Caseload withOneMore() {
    return new Caseload(service, open + 1);
  }

  public Caseload withOneLess() {
    return new Caseload(service, Math.max(0, open - 1));
  }
}
