package dev.hognose.leak;

import java.time.Duration;

/**
 * The numbers that decide. Found by search on the leak bench's train set.
 *
 * <p>Every time in the judgement is a multiple of the bucket. A <em>policy hour</em> is 30 buckets:
 * an hour with the default of two minutes, half a minute with a bucket of a second. Whatever is
 * called hours in a policy (and the day of the daily cycle, 24 of them) is policy hours; whatever
 * the detector tells, slopes and hours to the limit, is in real hours.
 *
 * @param name by which people choose it, see {@link LeakPresets}
 * @param bucket width of the finest floors
 * @param graceBuckets a bucket closes this long after its end, less than one bucket
 * @param trend what rising floors must show
 * @param thresholds when rising floors are a leak
 * @param leastHours of floors, policy hours, below which nothing is decided
 * @param assumedLimitFactor a process without a limit is given this many times its first floor ...
 * @param assumedLimitKib ... and at least this
 * @param mostCreditHours policy hours of evidence carried over restarts
 * @param silentHours policy hours without a reading after which nothing is known
 * @param followers which rings follow a leak that stands
 */
public record LeakPolicy(
    String name,
    Duration bucket,
    double graceBuckets,
    TrendLimits trend,
    LeakThresholds thresholds,
    double leastHours,
    int assumedLimitFactor,
    int assumedLimitKib,
    double mostCreditHours,
    double silentHours,
    Followers followers) {

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofDays(1);

  /** A mark of suspicion. */
  public static final LeakPolicy EARLY = found("early", LeakThresholds.EARLY);

  /** Sooner than balanced, at four times the false alarms. */
  public static final LeakPolicy FAST = found("fast", LeakThresholds.FAST);

  /** The reference's verdict of a process alone. */
  public static final LeakPolicy BALANCED = found("balanced", LeakThresholds.BALANCED);

  /** A third of balanced's false alarms; finds six leaks in seven. */
  public static final LeakPolicy STRICT = found("strict", LeakThresholds.STRICT);

  /**
   * The default. Fewer false alarms than balanced: about as quick where the limit is near, more
   * patient where it is far, where growth slows and where it has only just begun, and it assumes
   * less room where there is no limit.
   */
  public static final LeakPolicy PAGER =
      new LeakPolicy(
          "pager",
          BALANCED.bucket,
          BALANCED.graceBuckets,
          BALANCED.trend,
          LeakThresholds.PAGER,
          BALANCED.leastHours,
          3,
          1 << 19,
          BALANCED.mostCreditHours,
          BALANCED.silentHours,
          Followers.RINGS_WITHIN_THE_LEAK);

  private static final double BUCKETS_PER_HOUR = 30;
  private static final double MS_PER_HOUR = 3.6e6;

  public LeakPolicy {
    if (bucket.compareTo(SHORTEST) < 0 || bucket.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "expected a bucket of 100ms to 1d, got " + bucket.toMillis() + "ms");
    }
    if (!(graceBuckets >= 0 && graceBuckets < 1)) {
      throw new IllegalArgumentException(
          "grace of " + graceBuckets + " buckets: expected 0 or more and less than 1");
    }
  }

  private static LeakPolicy found(String name, LeakThresholds thresholds) {
    Duration bucket = Duration.ofMinutes(2);
    return new LeakPolicy(
        name,
        bucket,
        0.75,
        TrendLimits.FOUND,
        thresholds,
        1.0,
        4,
        1 << 20,
        12.0,
        1.0,
        Followers.ALL_WIDER_RINGS);
  }

  /**
   * The same policy at another pace.
   *
   * @throws IllegalArgumentException below 100 milliseconds and above a day
   */
  public LeakPolicy withBucket(Duration width) {
    return with(width, thresholds);
  }

  /** The same policy with other thresholds. */
  LeakPolicy with(LeakThresholds others) {
    return with(bucket, others);
  }

  private LeakPolicy with(Duration width, LeakThresholds others) {
    return new LeakPolicy(
        name,
        width,
        graceBuckets,
        trend,
        others,
        leastHours,
        assumedLimitFactor,
        assumedLimitKib,
        mostCreditHours,
        silentHours,
        followers);
  }

  /** How far back the coarsest floors look: what happened before decides nothing any more. */
  public Duration reach() {
    return bucket.multipliedBy((long) Ring.SIZE << (Level.COUNT - 1));
  }

  long bucketMs() {
    return bucket.toMillis();
  }

  long graceMs() {
    return Math.round(graceBuckets * bucketMs());
  }

  long silenceMs() {
    return Math.round(silentHours * BUCKETS_PER_HOUR * bucketMs());
  }

  /** Width of a level's buckets in policy hours. */
  double hoursPerBucket(int level) {
    return (1 << level) / BUCKETS_PER_HOUR;
  }

  /** Width of a level's buckets in real hours. */
  double realHoursPerBucket(int level) {
    return (bucketMs() << level) / MS_PER_HOUR;
  }

  /** The finest level whose ring spans enough hours for a decision. */
  int finestTestedLevel() {
    int level = 0;
    while (level < Level.COUNT - 1 && Ring.SIZE * hoursPerBucket(level) < leastHours) {
      level++;
    }
    return level;
  }

  /** Floors without holes that a level's test needs. */
  int floorsNeeded(int level) {
    return Math.max(Level.ENOUGH, (int) Math.ceil(leastHours / hoursPerBucket(level)));
  }

  /** Where memory ends: the limit if there is one, else what is assumed. */
  long roomKib(long limitKib, double firstFloorKib) {
    return limitKib > 0
        ? limitKib
        : Math.max(assumedLimitKib, (long) (assumedLimitFactor * firstFloorKib));
  }
}
