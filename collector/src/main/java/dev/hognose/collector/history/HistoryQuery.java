package dev.hognose.collector.history;

import dev.hognose.sample.ProcessId;
import java.time.Instant;

/**
 * A window of one process's past.
 *
 * @param to after {@code from}
 */
public record HistoryQuery(ProcessId process, Instant from, Instant to) {

  public HistoryQuery {
    if (!to.isAfter(from)) {
      throw new IllegalArgumentException("to=" + to + ": expected a time after " + from);
    }
  }
}
