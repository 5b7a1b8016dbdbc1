package dev.hognose.collector.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many series with names from outside (threads, sites, coroutines) a service may have. What
 * comes beyond is added up under {@code __other__}, process by process.
 *
 * <p>A series that once had its place keeps it for as long as it is there: a counter that moved in
 * and out of {@code __other__} would look like a restart, and a rate like a burst.
 *
 * <p>Safe for use by several scrapers at once. What it remembers is bounded by the budget, scraped
 * or not.
 */
final class SeriesBudget {

  private final int ofService;
  private Map<String, Set<Series>> placed = Map.of();

  SeriesBudget(int ofService) {
    this.ofService = ofService;
  }

  synchronized Round begin() {
    return new Round(ofService, placed);
  }

  /** Remembers who had a place in it. */
  synchronized void end(Round round) {
    placed = round.now;
  }

  private record Series(String family, Labels labels) {}

  /** One scrape's use of the budget; for one thread. */
  static final class Round {

    private final int ofService;
    private final Map<String, Set<Series>> before;
    private final Map<String, Set<Series>> now = new HashMap<>();
    private final Map<String, Integer> newcomers = new HashMap<>();
    private final Map<String, Integer> refused = new HashMap<>();

    private Round(int ofService, Map<String, Set<Series>> before) {
      this.ofService = ofService;
      this.before = before;
    }

    /** Whether the series has a place of its own. */
    boolean admits(String service, String family, Labels labels) {
      Series series = new Series(family, labels);
      Set<Series> places = before.getOrDefault(service, Set.of());
      if (!places.contains(series)) {
        if (places.size() + newcomers.getOrDefault(service, 0) >= ofService) {
          refused.merge(service, 1, Integer::sum);
          return false;
        }
        newcomers.merge(service, 1, Integer::sum);
      }
      now.computeIfAbsent(service, none -> new HashSet<>()).add(series);
      return true;
    }

    /** Series of the service that were added up in this round. */
    int refused(String service) {
      return refused.getOrDefault(service, 0);
    }
  }
}
