package dev.hognose.leak;

import java.util.function.Function;

/** What became of one reading. Outcomes are exhaustive: their counts add up to the readings. */
public sealed interface Outcome {

  /** It counted, and changed no mind. */
  record Counted() implements Outcome {}

  /**
   * It closed a bucket that changed a mind.
   *
   * <p>Of two events in one reading the later one is told, so that an onset taken back within the
   * same bucket is seen as its clear only.
   */
  record Told(LeakEvent event) implements Outcome {}

  /**
   * Readings like it were ignored for this reason, and nothing else came: it counts, and floors
   * that cannot be compared with it are forgotten. A leak stands.
   */
  record Believed(Reason reason) implements Outcome {}

  /** It could not be used; what is known is as it was. */
  record Ignored(Reason reason) implements Outcome {}

  /** Why a reading could not be used. */
  enum Reason {
    /** Resident memory or allocated blocks of none or less. */
    FAILED_READ,
    /** Its bucket may be closed already. */
    LATE,
    /** Later than a policy hour: a clock that stepped back, or an old stretch read again. */
    CLOCK_BEHIND,
    /** Ahead by more than an hour: a gap if the next one is, too, else a clock that was wrong. */
    CLOCK_AHEAD,
    /** Of a process that had the same key before. */
    EARLIER_LIFE,
    /** Its Python heap is told by another figure than before, which may come and go. */
    OTHER_FIGURE,
    /** Before 2015 or after 2199: a clock that was never set, or another unit. */
    IMPLAUSIBLE_TIME,
    /** 2 TiB or more, or as many blocks. */
    IMPLAUSIBLE_FIGURE
  }

  /** Exhaustive by construction: another kind breaks every caller at compile time. */
  default <R> R match(
      Function<Counted, R> counted,
      Function<Told, R> told,
      Function<Believed, R> believed,
      Function<Ignored, R> ignored) {
    if (this instanceof Counted c) {
      return counted.apply(c);
    }
    if (this instanceof Told t) {
      return told.apply(t);
    }
    if (this instanceof Believed b) {
      return believed.apply(b);
    }
    if (this instanceof Ignored i) {
      return ignored.apply(i);
    }
    throw new AssertionError(this);
  }
}
