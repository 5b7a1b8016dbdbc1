package dev.hognose.loop;

import java.time.Duration;
import java.time.Instant;

/**
 * A block that may still be told again.
 *
 * @param duration so far, or whole when it has ended
 * @param loop its name, unique in its process
 * @param stacks of a block that lasts; those of an ended one are in the episode
 */
public record Recent(
    Instant startedAt, Duration duration, boolean ended, String loop, MergedStacks stacks) {

  /** An agent knows the start of a block to about half a heartbeat. */
  private static final Duration IMPRECISE = Duration.ofMillis(50);

  Recent withoutStacks() {
    return new Recent(startedAt, duration, ended, loop, MergedStacks.NONE);
  }

  Instant until() {
    return startedAt.plus(duration);
  }

  /** Whether both claim more of one loop's time than can be for want of precision. */
  boolean overlaps(Recent other) {
    return loop.equals(other.loop)
        && startedAt.plus(IMPRECISE).isBefore(other.until())
        && other.startedAt.plus(IMPRECISE).isBefore(until());
  }

  /** Whether {@code other}, about the same block, knows no more than this. */
  boolean covers(Recent other) {
    return ended || (!other.ended && other.duration.compareTo(duration) <= 0);
  }
}
