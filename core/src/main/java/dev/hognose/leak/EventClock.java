package dev.hognose.leak;

import java.nio.ByteBuffer;

/**
 * How far in event time the readings of many processes have come: to the latest that is believed.
 *
 * <p>One process whose clock is far ahead must not end everybody's time. A reading that is more
 * than an hour ahead of all others moves the clock only when readings like it have come for a
 * bucket with nothing else between. Before any is believed there are no others to hold it against:
 * the first readings vote, until those that are within an hour of each other, and more than those
 * that are not, fill a bucket. Immutable.
 *
 * @param reachedMs milliseconds since 1970, 0 before any
 * @param doubtedFromMs the first of those that may be believed later, 0 without any
 * @param doubtedToMs the latest of them
 * @param votes of the first readings, how many more were near those than far from them
 */
public record EventClock(long reachedMs, long doubtedFromMs, long doubtedToMs, int votes) {

  public static final EventClock NONE = new EventClock(0, 0, 0, 0);

  private static final long FAR_MS = 3_600_000;
  private static final Frame FRAME = new Frame("event clock", (byte) 1);

  /** At a time that is believed. */
  static EventClock at(long reachedMs) {
    return new EventClock(reachedMs, 0, 0, 0);
  }

  /** With the time of one more reading that could be used. */
  public EventClock and(long atMs, ServicePolicy policy) {
    if (reachedMs == 0) {
      return voted(atMs, policy);
    }
    if (atMs - reachedMs <= farMs(policy)) {
      return atMs <= reachedMs && doubtedFromMs == 0 ? this : at(Math.max(reachedMs, atMs));
    }
    return doubtedFromMs == 0 ? new EventClock(reachedMs, atMs, atMs, 0) : near(atMs, 0, policy);
  }

  private static long farMs(ServicePolicy policy) {
    return Math.max(FAR_MS, policy.ms(1));
  }

  private EventClock voted(long atMs, ServicePolicy policy) {
    if (votes == 0) {
      return new EventClock(0, atMs, atMs, 1);
    }
    long farMs = farMs(policy);
    return atMs < doubtedFromMs - farMs || atMs > doubtedToMs + farMs
        ? new EventClock(0, doubtedFromMs, doubtedToMs, votes - 1)
        : near(atMs, votes + 1, policy);
  }

  /** With one more of those that are doubted; they are believed when they fill a bucket. */
  private EventClock near(long atMs, int nearer, ServicePolicy policy) {
    long fromMs = Math.min(doubtedFromMs, atMs);
    long toMs = Math.max(doubtedToMs, atMs);
    return toMs - fromMs >= policy.bucket().toMillis()
        ? at(toMs)
        : new EventClock(reachedMs, fromMs, toMs, nearer);
  }

  /** The same in whole buckets: what is said of it must not depend on single readings. */
  public long reachedMs(ServicePolicy policy) {
    long bucketMs = policy.bucket().toMillis();
    return reachedMs / bucketMs * bucketMs;
  }

  public byte[] pack() {
    return FRAME.write(
        out -> out.putLong(reachedMs).putLong(doubtedFromMs).putLong(doubtedToMs).putInt(votes));
  }

  /**
   * Reads what {@link #pack} wrote.
   *
   * @throws IllegalArgumentException for anything else, and for the form of a newer version
   */
  public static EventClock unpack(byte[] packed) {
    return FRAME.read(packed, EventClock::get);
  }

  private static EventClock get(ByteBuffer in) {
    return new EventClock(in.getLong(), in.getLong(), in.getLong(), in.getInt());
  }
}
