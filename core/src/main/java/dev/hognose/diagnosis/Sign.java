package dev.hognose.diagnosis;

import dev.hognose.alert.Evidence;
import dev.hognose.sample.Frame;
import dev.hognose.sample.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one process shows of a diagnosis.
 *
 * @param culprit what is to blame, the same in all processes of a service; empty when unknown
 * @param phrase what a person reads after the service's name
 * @param weight how many times it passes what is tolerated, 1 at least
 * @param place of the culprit in the code, where it has one
 */
public record Sign(
    String culprit,
    String phrase,
    double weight,
    List<Evidence> evidence,
    Optional<Frame> place,
    Optional<Retention> retention) {

  static final String CONFIDENCE = "confidence";

  public Sign {
    evidence = List.copyOf(evidence);
    if (!(weight >= 1)) {
      throw new IllegalArgumentException("weight=" + weight + ": expected 1 or more");
    }
  }

  /** Of something that has no line in the code. */
  static Sign of(String culprit, String phrase, double weight, List<Evidence> evidence) {
    double clear = Math.max(1, weight);
    return new Sign(
        culprit,
        phrase,
        clear,
        withConfidence(evidence, clear),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * With a culprit.
   *
   * @param more what is added to the phrase
   */
  Sign blaming(String other, String more) {
    return new Sign(other, phrase + more, weight, evidence, place, retention);
  }

  Sign at(Optional<Frame> where) {
    return new Sign(culprit, phrase, weight, evidence, where, retention);
  }

  Sign keptBy(Retention holder) {
    return new Sign(culprit, phrase, weight, evidence, place, Optional.of(holder));
  }

  private static List<Evidence> withConfidence(List<Evidence> evidence, double weight) {
    List<Evidence> more = new ArrayList<>(evidence);
    more.add(confidence(weight));
    return more;
  }

  /** One half where the limit is just passed, near one where it is passed many times. */
  static Evidence confidence(double weight) {
    return Words.ratio(CONFIDENCE, 1 - 0.5 / weight);
  }
}
