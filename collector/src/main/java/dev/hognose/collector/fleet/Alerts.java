package dev.hognose.collector.fleet;

import dev.hognose.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Firing alerts, and resolved ones until they are forgotten. */
final class Alerts {

  private static final Comparator<Alert> AS_PEOPLE_READ =
      Comparator.comparing(Alert::state)
          .thenComparing(Alert::firedAt, Comparator.reverseOrder())
          .thenComparing(Alert::id);

  private final Duration forgetAfter;
  private final Map<String, Held<Alert>> byId = new HashMap<>();
  private Optional<List<Held<Alert>>> sorted = Optional.empty();

  Alerts(Duration forgetAfter) {
    this.forgetAfter = forgetAfter;
  }

  Outcome apply(int partition, Alert alert, Instant now) {
    Held<Alert> known = byId.get(alert.id());
    if (known != null && known.value().updatedAt().isAfter(alert.updatedAt())) {
      return Outcome.STALE;
    }
    byId.put(alert.id(), new Held<>(partition, now, alert));
    sorted = Optional.empty();
    return Outcome.APPLIED;
  }

  void remove(String id) {
    byId.remove(id);
    sorted = Optional.empty();
  }

  void removeOf(int partition) {
    byId.values().removeIf(held -> held.partition() == partition);
    sorted = Optional.empty();
  }

  /** Whether a resolved alert was forgotten now. */
  boolean expire(Instant now) {
    Instant forgotten = now.minus(forgetAfter);
    boolean expired = byId.values().removeIf(held -> resolvedBefore(forgotten, held.value()));
    if (expired) {
      sorted = Optional.empty();
    }
    return expired;
  }

  private static boolean resolvedBefore(Instant forgotten, Alert alert) {
    return alert.resolvedAt().map(at -> at.isBefore(forgotten)).orElse(false);
  }

  /** None from partitions that are hidden. */
  List<Alert> sorted(Set<Integer> hidden) {
    List<Held<Alert>> now =
        sorted.orElseGet(
            () ->
                byId.values().stream()
                    .sorted(Comparator.comparing(Held::value, AS_PEOPLE_READ))
                    .toList());
    sorted = Optional.of(now);
    return now.stream()
        .filter(held -> !hidden.contains(held.partition()))
        .map(Held::value)
        .toList();
  }
}
