package dev.hognose.leak;

/**
 * How far in event time the readings of many processes have come: to the latest that is believed.
 *
 * <p>One process whose clock is far ahead must not end everybody's time. A reading that is more
 * than an hour ahead of all others moves the clock only when readings like it have come for a
 * bucket with nothing else between. Immutable.
 *
 * @param reachedMs milliseconds since 1970, 0 before any
 * @param aheadFromMs the first of those that are far ahead, 0 without any
 * @param aheadToMs the latest of them
 */
public record EventClock(long reachedMs, long aheadFromMs, long aheadToMs) {

  public static final EventClock NONE = new EventClock(0, 0, 0);

  private static final long FAR_MS = 3_600_000;

  /** With the time of one more reading that could be used. */
  public EventClock and(long atMs, ServicePolicy policy) {
    if (reachedMs == 0) {
      return new EventClock(atMs, 0, 0);
    }
    if (atMs - reachedMs <= Math.max(FAR_MS, policy.ms(1))) {
      return atMs <= reachedMs && aheadFromMs == 0
          ? this
          : new EventClock(Math.max(reachedMs, atMs), 0, 0);
    }
    long fromMs = aheadFromMs == 0 ? atMs : Math.min(aheadFromMs, atMs);
    long toMs = Math.max(aheadToMs, atMs);
    return toMs - fromMs >= policy.bucket().toMillis()
        ? new EventClock(toMs, 0, 0)
        : new EventClock(reachedMs, fromMs, toMs);
  }

  /** The same in whole buckets: what is said of it must not depend on single readings. */
  public long reachedMs(ServicePolicy policy) {
    long bucketMs = policy.bucket().toMillis();
    return reachedMs / bucketMs * bucketMs;
  }
}
