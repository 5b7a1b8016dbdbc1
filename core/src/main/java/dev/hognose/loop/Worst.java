package dev.hognose.loop;

import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * The longest block of an episode; of equally long ones the earliest.
 *
 * @param culprit with its exact line
 * @param ended it does not last any more
 * @param stackLate the culprit is what ran after the block
 */
public record Worst(
    BlockId block,
    Instant startedAt,
    Duration duration,
    boolean ended,
    Optional<Frame> culprit,
    boolean stackLate,
    LoopBlock.TimeSplit split)
    implements Comparable<Worst> {

  private static final Comparator<Worst> ORDER =
      Comparator.comparing(Worst::duration)
          .thenComparing(Worst::ended)
          .thenComparing(Worst::startedAt, Comparator.reverseOrder())
          .thenComparing(Worst::block, Comparator.reverseOrder());

  Worst or(Worst other) {
    return compareTo(other) >= 0 ? this : other;
  }

  @Override
  public int compareTo(Worst other) {
    return ORDER.compare(this, other);
  }
}
