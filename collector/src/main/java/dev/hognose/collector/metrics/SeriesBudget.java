package dev.hognose.collector.metrics;

import dev.hognose.sample.ProcessId;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many series with names from outside (threads, sites, coroutines) a service may have. What
 * comes beyond is added up under {@code __other__}, process by process.
 *
 * <p>A series that once had its place keeps it for as long as it is there, and what a counter of a
 * process once added up stays so for as long as the process lives: one that moved in and out of
 * {@code __other__} would look like a restart, and a rate like a burst.
 *
 * <p>Safe for use by several scrapers at once. What it remembers is bounded by the budget, and a
 * number for each counter and process that is beyond it, scraped or not.
 */
final class SeriesBudget {

  private final int ofService;
  private Map<String, Set<Series>> placed = Map.of();
  private Map<Sum, Double> sums = Map.of();

  SeriesBudget(int ofService) {
    this.ofService = ofService;
  }

  synchronized Round begin() {
    return new Round(ofService, placed, sums);
  }

  /** Remembers who had a place in it, and what was added up. */
  synchronized void end(Round round) {
    placed = round.now;
    sums = round.sumsNow;
  }

  private record Series(String family, Labels labels) {}

  /** What is added up of a counter of a process. */
  private record Sum(String family, ProcessId process) {}

  /** One scrape's use of the budget; for one thread. */
  static final class Round {

    private final int ofService;
    private final Map<String, Set<Series>> before;
    private final Map<String, Set<Series>> now = new HashMap<>();
    private final Map<Sum, Double> sumsBefore;
    private final Map<Sum, Double> sumsNow = new HashMap<>();
    private final Map<String, Integer> newcomers = new HashMap<>();
    private final Map<String, Integer> refused = new HashMap<>();

    private Round(int ofService, Map<String, Set<Series>> before, Map<Sum, Double> sumsBefore) {
      this.ofService = ofService;
      this.before = before;
      this.sumsBefore = sumsBefore;
    }

    /** Whether the series has a place of its own. */
    boolean admits(String service, String family, Labels labels) {
      return admits(service, new Series(family, labels));
    }

    private boolean admits(String service, Series series) {
      if (!isPlaced(service, series)) {
        int placed = before.getOrDefault(service, Set.of()).size();
        if (placed + newcomers.getOrDefault(service, 0) >= ofService) {
          return refuse(service);
        }
        newcomers.merge(service, 1, Integer::sum);
      }
      now.computeIfAbsent(service, none -> new HashSet<>()).add(series);
      return true;
    }

    private boolean isPlaced(String service, Series series) {
      return before.getOrDefault(service, Set.of()).contains(series);
    }

    private boolean refuse(String service) {
      refused.merge(service, 1, Integer::sum);
      return false;
    }

    /** The same of a counter, of which nothing that was added up may leave its sum. */
    boolean admitsCounter(ProcessId process, String family, Labels labels) {
      Series series = new Series(family, labels);
      Sum sum = new Sum(family, process);
      boolean admitted =
          (!sumsBefore.containsKey(sum) || isPlaced(process.service(), series))
              ? admits(process.service(), series)
              : refuse(process.service());
      if (!admitted) {
        sumsNow.putIfAbsent(sum, 0.0);
      }
      return admitted;
    }

    /** Whether something of a counter is added up, or was in the life of its process. */
    boolean addsUp(ProcessId process, String family) {
      Sum sum = new Sum(family, process);
      return sumsNow.containsKey(sum) || sumsBefore.containsKey(sum);
    }

    /**
     * What is shown as the sum of a counter: never less than before, though a name that was in it
     * may not be told any more.
     */
    double sum(ProcessId process, String family, double added) {
      Sum sum = new Sum(family, process);
      double highest = Math.max(sumsBefore.getOrDefault(sum, 0.0), added);
      sumsNow.put(sum, highest);
      return highest;
    }

    /** Series of the service that were added up in this round. */
    int refused(String service) {
      return refused.getOrDefault(service, 0);
    }
  }
}
