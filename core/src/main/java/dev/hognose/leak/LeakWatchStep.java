package dev.hognose.leak;

import dev.hognose.alert.Alert;
import java.util.List;
import java.util.Optional;

/**
 * What an observation, or the want of one, led to.
 *
 * @param evidence the same object if it did not change
 * @param reading what became of a sample's figures; absent when there was no sample
 * @param trend to tell
 * @param alerts to tell, in this order
 * @param shown to the other lives of the service
 */
public record LeakWatchStep(
    LeakLife life,
    LeakEvidence evidence,
    Optional<Outcome> reading,
    Optional<Trend> trend,
    List<Alert> alerts,
    Optional<LifeObservation> shown) {

  public LeakWatchStep {
    alerts = List.copyOf(alerts);
  }

  /** Whether there was a sample whose figures could be used. */
  public boolean hasCounted() {
    return reading.filter(outcome -> !(outcome instanceof Outcome.Ignored)).isPresent();
  }
}
