package dev.hognose.loop;

import java.time.Instant;
import java.util.Comparator;

/**
 * A minute of one loop.
 *
 * @param number of the minute, since 1970
 * @param loop 64 bits for its process and its name
 */
public record LoopMinute(long number, long loop) implements Comparable<LoopMinute> {

  private static final int FACTOR = 31;
  private static final Comparator<LoopMinute> ORDER =
      Comparator.comparingLong(LoopMinute::number).thenComparingLong(LoopMinute::loop);

  /** In which the block counts: that in which it began. */
  static LoopMinute of(BlockId id, Recent block) {
    return new LoopMinute(
        MinuteCost.minute(block.startedAt()), FACTOR * id.process() + block.loop().hashCode());
  }

  public Instant begin() {
    return MinuteCost.begin(number);
  }

  @Override
  public int compareTo(LoopMinute other) {
    return ORDER.compare(this, other);
  }
}
