package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes one alert of what the processes of a service show, an ailment at a time.
 *
 * <p>Pure: time is that of the sightings. What is told in the end depends neither on the order in
 * which processes are read nor on when a timer asks.
 */
public final class CaseWatch {

  private final DiagnosisPolicy policy;

  public CaseWatch(DiagnosisPolicy policy) {
    this.policy = policy;
  }

  /**
   * What the sighting is told as: its own ailment, or the one that the rest of its kind share once
   * there are too many.
   *
   * @param known whether an ailment has cases
   */
  public Ailment place(Caseload caseload, Sighting sighting, Predicate<Ailment> known) {
    return caseload.of(sighting, known, policy);
  }

  /** Takes what a process showed, or did not show after all. */
  public CaseStep next(Cases cases, Sighting sighting) {
    Cases changed =
        switch (sighting.state()) {
          case SEEN -> cases.and(sighting, quietOf(cases));
          case WITHDRAWN -> cases.without(sighting);
        };
    return tell(cases, changed, changed.newest(), sighting.until());
  }

  /** Says that the ailment is over: nothing was seen of it for its quiet time. */
  public CaseStep quiet(Cases cases) {
    return tell(cases, cases, Instant.MAX, cases.newest());
  }

  /** How long nothing may be heard of it until it is over. */
  public Duration patience(Cases cases) {
    return cases.all().isEmpty()
        ? quietOf(cases)
        : Duration.between(cases.newest(), cases.overAt(quietOf(cases)));
  }

  /** When all of it is over, if nothing more comes. */
  public Instant quietAt(Cases cases) {
    return cases.overAt(quietOf(cases));
  }

  /** Whether an alert of it still fires. */
  public boolean isFiring(Cases cases) {
    return cases.all().stream()
        .flatMap(each -> each.told().stream())
        .anyMatch(told -> told.life() == Told.Life.FIRING);
  }

  private Duration quietOf(Cases cases) {
    return policy.quiet(cases.ailment().kind());
  }

  private CaseStep tell(Cases before, Cases cases, Instant now, Instant at) {
    DiagnosisAlert alert = new DiagnosisAlert(cases.ailment(), policy);
    List<Case> after = new ArrayList<>();
    List<Alert> alerts = new ArrayList<>();
    for (Case each : cases.all()) {
      Optional<Telling> due = Telling.due(cases.ailment(), each, policy, now);
      due.map(alert::of).ifPresent(alerts::add);
      after.add(due.map(telling -> each.told(telling.told())).orElse(each));
    }
    Cases told = cases.with(after);
    List<String> withdrawn = new ArrayList<>(before.toldIds());
    withdrawn.removeAll(told.toldIds());
    return new CaseStep(told, alerts, withdrawn, at);
  }
}
