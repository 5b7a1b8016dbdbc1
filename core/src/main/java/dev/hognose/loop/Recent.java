package dev.hognose.loop;

import java.time.Duration;
import java.time.Instant;

/**
 * A block that may still be told again.
 *
 * @param duration so far, or whole when it has ended
 * @param stacks of a block that lasts; those of an ended one are in the episode
 */
public record Recent(Instant startedAt, Duration duration, boolean ended, MergedStacks stacks) {

  Instant until() {
    return startedAt.plus(duration);
  }

  /** Whether {@code other}, about the same block, knows no more than this. */
  boolean covers(Recent other) {
    return ended || (!other.ended && other.duration.compareTo(duration) <= 0);
  }
}
