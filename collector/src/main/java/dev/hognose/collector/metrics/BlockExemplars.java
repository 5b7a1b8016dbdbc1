package dev.hognose.collector.metrics;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Of each service the alert of its loop blocks that fired last, as an exemplar: who sees the time
 * rise that its loops are blocked finds the alert, and with it the stacks.
 *
 * <p>Its value is the longest block in seconds, its time that of the alert.
 */
final class BlockExemplars {

  /** A label of an exemplar may be no longer than a line of OpenMetrics allows, name included. */
  private static final int LONGEST_ID = 100;

  private final Map<String, Exemplar> byService = new HashMap<>();

  /**
   * Of the alerts of a fleet.
   *
   * @param alerts those that fired last before others of their state
   */
  BlockExemplars(List<Alert> alerts) {
    alerts.stream()
        .filter(alert -> alert.kind() == Alert.Kind.LOOP_BLOCK)
        .filter(alert -> alert.state() == Alert.State.FIRING)
        .filter(alert -> alert.id().length() <= LONGEST_ID)
        .forEach(alert -> byService.putIfAbsent(alert.service(), exemplar(alert)));
  }

  Optional<Exemplar> of(String service) {
    return Optional.ofNullable(byService.get(service));
  }

  private static Exemplar exemplar(Alert alert) {
    double worst =
        alert.evidence().stream()
            .filter(each -> each.name().equals("worst"))
            .mapToDouble(Evidence::value)
            .findFirst()
            .orElse(0);
    return Exemplar.builder()
        .value(worst)
        .labels(Labels.of("alert", alert.id()))
        .timestampMillis(alert.updatedAt().toEpochMilli())
        .build();
  }
}
