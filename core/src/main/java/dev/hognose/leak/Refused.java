package dev.hognose.leak;

import dev.hognose.leak.Outcome.Reason;

/**
 * Readings in a row that were refused because they do not go on from what is known.
 *
 * <p>One of them may be wrong; when nothing else comes for a while, what is known was wrong: a
 * clock was set back, or a first reading told a time or a start that was none. So no process falls
 * silent for longer than that.
 *
 * @param fromMs time of the first, 0 without any
 * @param toMs time of the latest
 */
record Refused(long fromMs, long toMs) {

  static final Refused NONE = new Refused(0, 0);

  /** No reading is late by so many buckets again and again, without a single one in time. */
  private static final int BUCKETS = 4;

  /** A figure that comes and goes with every reading never lasts for a bucket. */
  private static final int FIGURE_BUCKETS = 1;

  /** Whether a refusal says only that a reading does not go on from what is known. */
  static boolean isDoubt(Reason reason) {
    return switch (reason) {
      case LATE, CLOCK_BEHIND, CLOCK_AHEAD, EARLIER_LIFE, OTHER_FIGURE -> true;
      case FAILED_READ, IMPLAUSIBLE_TIME, IMPLAUSIBLE_FIGURE -> false;
    };
  }

  /** With one more; one that is earlier than the others by more than the grace begins anew. */
  Refused and(long atMs, LeakPolicy policy) {
    return fromMs == 0 || atMs < toMs - policy.graceMs()
        ? new Refused(atMs, atMs)
        : new Refused(fromMs, Math.max(toMs, atMs));
  }

  /** Whether they outweigh what is known; of two that are ahead the second confirms the first. */
  boolean areBelieved(Reason reason, LeakPolicy policy) {
    return switch (reason) {
      case CLOCK_AHEAD -> toMs > fromMs;
      case OTHER_FIGURE -> toMs - fromMs >= FIGURE_BUCKETS * policy.bucketMs();
      default -> toMs - fromMs >= BUCKETS * policy.bucketMs();
    };
  }
}
