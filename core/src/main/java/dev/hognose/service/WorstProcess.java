package dev.hognose.service;

import dev.hognose.sample.Bytes;
import dev.hognose.sample.ProcessId;
import java.time.Duration;
import java.util.Comparator;

/**
 * A process that lost much loop time.
 *
 * @param lost in blocks, and in lag that no block explains
 */
public record WorstProcess(ProcessId process, Duration lost, Duration blocked, Bytes memory)
    implements Comparable<WorstProcess> {

  private static final Comparator<WorstProcess> ORDER =
      Comparator.comparing(WorstProcess::lost)
          .reversed()
          .thenComparing(each -> each.process().key());

  static WorstProcess of(ProcessMinute minute) {
    return new WorstProcess(
        minute.process(), minute.loop().lost(), minute.loop().blocked(), minute.memory());
  }

  /** The one that lost most is the first. */
  @Override
  public int compareTo(WorstProcess other) {
    return ORDER.compare(this, other);
  }
}
