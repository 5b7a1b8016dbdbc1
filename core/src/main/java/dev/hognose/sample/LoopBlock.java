package dev.hognose.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One stretch in which an event loop ran nothing because one callback did not yield; told several
 * times while it lasts.
 *
 * @param id the same in every event about this block, unique in the process
 * @param duration so far, or whole when it has ended
 * @param culprit the innermost frame of the user's own code; absent when no stack could be taken
 * @param stackLate the stack was taken after the block: C code kept the GIL while it lasted
 * @param cut stacks or frames were left out to fit the size of an event
 */
public record LoopBlock(
    long id,
    Instant startedAt,
    Duration duration,
    boolean ended,
    String loop,
    String task,
    String coroutine,
    Cause cause,
    Optional<Frame> culprit,
    List<Stack> stacks,
    boolean stackLate,
    TimeSplit split,
    boolean cut)
    implements Event.What {

  public LoopBlock {
    Moment.check("started_ms", startedAt);
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "duration_ms=" + duration.toMillis() + ": expected none or more");
    }
    stacks = List.copyOf(stacks);
  }

  /** When the block ended, or until when it is known to have lasted. */
  public Instant until() {
    return startedAt.plus(duration);
  }

  /** What the culprit waited for. */
  public enum Cause {
    SYNC_SLEEP,
    SYNC_IO,
    SUBPROCESS,
    LOCK,
    CPU,
    GIL,
    GC,
    STARVED,
    UNKNOWN
  }

  /** Where the loop's thread spent the block. */
  public record TimeSplit(
      Duration cpu, Duration runQueue, Duration throttled, Duration gc, Duration gil) {}
}
