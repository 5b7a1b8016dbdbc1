package dev.hognose.app.judge;

import dev.hognose.leak.Outcome;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What became of samples: counted, or ignored for a reason. */
final class SampleCounts {

  private final Map<Outcome.Reason, Long> ignored = new TreeMap<>();
  private long counted;

  void counted() {
    counted++;
  }

  void ignored(Outcome.Reason reason) {
    ignored.merge(reason, 1L, Long::sum);
  }

  void add(SampleCounts others) {
    counted += others.counted;
    others.ignored.forEach((reason, count) -> ignored.merge(reason, count, Long::sum));
  }

  boolean hasCounted() {
    return counted > 0;
  }

  long all() {
    return counted + ignored.values().stream().mapToLong(Long::longValue).sum();
  }

  /** For people: {@code 4194 samples, 4180 counted, 10 failed_read, 4 late}. */
  @Override
  public String toString() {
    String reasons =
        ignored.entrySet().stream()
            .map(
                entry ->
                    ", " + entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());
    return all() + " samples, " + counted + " counted" + reasons;
  }
}
