package dev.hognose.collector.metrics;

import dev.hognose.sample.ProcessId;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels of a process's series. To make and check them costs more than all else of a scrape, so
 * each is made once and found again by the next scrape.
 *
 * <p>What was not asked for between two {@link #forget} is gone after the second. For one thread at
 * a time.
 */
final class ProcessLabels {

  private final Labels own;
  private Map<List<String>, Labels> asked = new HashMap<>();
  private Map<List<String>, Labels> askedBefore = Map.of();

  ProcessLabels(ProcessId id) {
    this.own =
        Labels.of("service", id.service(), "host", id.host(), "pid", Long.toString(id.pid()));
  }

  /** Those that tell the process. */
  Labels own() {
    return own;
  }

  /**
   * The process's with others beside them.
   *
   * @param others names and values in turn; a value that is too long for a label is cut
   */
  Labels with(List<String> others) {
    Labels known = asked.get(others);
    if (known == null) {
      known = askedBefore.getOrDefault(others, Labels.EMPTY);
      known = known.isEmpty() ? made(others) : known;
      asked.put(others, known);
    }
    return known;
  }

  /** Lets go of what nobody asks for any more. */
  void forget() {
    askedBefore = asked;
    asked = new HashMap<>();
  }

  private Labels made(List<String> others) {
    Labels all = own;
    for (int i = 0; i < others.size(); i += 2) {
      all = all.add(others.get(i), LabelValue.of(others.get(i + 1)));
    }
    return all;
  }
}
