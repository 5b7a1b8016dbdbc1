package dev.hognose.collector.fleet;

import dev.hognose.service.ServiceSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The latest minute of each service, until it is old. */
final class Summaries {

  /** A minute is told at most a quarter of a minute after its end; longer silence is an end. */
  private static final Duration OLD = Duration.ofMinutes(5);

  private final Map<String, Held<ServiceSummary>> byService = new TreeMap<>();

  Outcome apply(int partition, ServiceSummary summary, Instant now) {
    Held<ServiceSummary> known = byService.get(summary.service());
    if (known != null && known.value().minute().isAfter(summary.minute())) {
      return Outcome.STALE;
    }
    byService.put(summary.service(), new Held<>(partition, now, summary));
    return Outcome.APPLIED;
  }

  void remove(String service) {
    byService.remove(service);
  }

  void removeOf(int partition) {
    byService.values().removeIf(held -> held.partition() == partition);
  }

  /** Whether a minute became old. */
  boolean expire(Instant now) {
    Instant old = now.minus(OLD);
    return byService.values().removeIf(held -> held.value().minute().isBefore(old));
  }

  /** By service; none from partitions that are hidden. */
  List<ServiceSummary> latest(Set<Integer> hidden) {
    return byService.values().stream()
        .filter(held -> !hidden.contains(held.partition()))
        .map(Held::value)
        .toList();
  }
}
