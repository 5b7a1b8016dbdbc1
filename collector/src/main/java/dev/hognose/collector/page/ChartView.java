package dev.hognose.collector.page;

import dev.hognose.leak.Trend;
import java.util.List;
import java.util.Optional;

/**
 * A chart for the script to draw.
 *
 * @param series names in the history, spaces between
 * @param unit {@code bytes}, {@code seconds}, {@code ratio} or {@code count}
 * @param slope of a line fitted under the memory, in bytes an hour; empty for none
 * @param since when that line begins, in milliseconds since the epoch
 */
record ChartView(
    String title, String history, String series, String unit, String slope, String since) {

  /** Memory with the floor that the verdict rests on. */
  static ChartView memory(String history, Optional<Trend> trend) {
    Optional<Trend> climbing = trend.filter(each -> each.where().isPresent());
    return new ChartView(
        "Memory",
        history,
        "rss_bytes memory_limit_bytes",
        "bytes",
        climbing.map(each -> Double.toString(each.slope().bytesPerHour())).orElse(""),
        climbing
            .flatMap(Trend::since)
            .map(since -> Long.toString(since.toEpochMilli()))
            .orElse(""));
  }

  static ChartView lag(String history) {
    return plain("Loop lag, 99 of 100 callbacks", history, "lag_p99_seconds", "seconds");
  }

  static List<ChartView> all(String history, Optional<Trend> trend) {
    return List.of(
        memory(history, trend),
        plain("Allocated blocks", history, "allocated_blocks", "count"),
        plain("CPU", history, "cpu_cores", "ratio"),
        lag(history),
        plain("Time that loops were blocked", history, "blocked_ratio", "ratio"),
        plain("Waiting for the interpreter lock", history, "gil_wait_ratio", "ratio"),
        plain("Garbage collection", history, "gc_ratio", "ratio"),
        plain("Tasks", history, "tasks", "count"),
        plain("Threads", history, "threads", "count"),
        plain("Open descriptors", history, "open_fds", "count"));
  }

  private static ChartView plain(String title, String history, String series, String unit) {
    return new ChartView(title, history, series, unit, "", "");
  }
}
