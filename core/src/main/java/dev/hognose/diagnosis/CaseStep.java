package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.time.Instant;
import java.util.List;

/**
 * What a sighting, or the want of one, led to.
 *
 * @param alerts to tell, earliest case first
 * @param withdrawn ids of alerts that never were
 * @param at what led to it
 */
public record CaseStep(Cases cases, List<Alert> alerts, List<String> withdrawn, Instant at) {

  public CaseStep {
    alerts = List.copyOf(alerts);
    withdrawn = List.copyOf(withdrawn);
  }

  static CaseStep nothing(Cases cases, Instant at) {
    return new CaseStep(cases, List.of(), List.of(), at);
  }

  boolean isNews() {
    return !alerts.isEmpty() || !withdrawn.isEmpty();
  }
}
