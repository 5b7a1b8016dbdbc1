package dev.hognose.leak;

import java.time.Duration;

/**
 * The numbers that decide what a service's lives say of a process.
 *
 * <p>All hours are policy hours, as in {@link LeakPolicy}.
 *
 * @param bucket as of the processes' policy
 * @param unknown patience while no life has shown where growth ends: a first fill of a cache looks
 *     like a leak, in every process at once
 * @param beyond patience for growth beyond what lives have shown
 * @param far the same for growth {@code farTimes} as high ...
 * @param veryFar ... and twice that
 * @param farTimes twice the covered height: no noise of a height reaches that far
 * @param farLives so many lives must be comparable to call growth far
 * @param markStep a climb goes on while it adds this share to its height ...
 * @param noiseKib ... and this much
 * @param quietHours without which a climb has come to rest ...
 * @param quietShare ... or this share of the time that it took, if that is longer
 * @param coveredHeight growth up to so many times the highest that came to rest is covered:
 *     processes of one service differ
 * @param coveredTime growth for longer than so many times the usual climb is not covered, whatever
 *     its height: a leak on top of a short warm-up
 * @param usualLives so many lives make a usual climb
 * @param shortestClimbHours no usual climb is shorter
 * @param comparableAge a life that lived for this share of a process's age can be compared to it
 * @param leastResting so many lives must have come to rest for each that still climbs, and one at
 *     least, before growth beyond them is judged: traffic lifts all at its own hour
 * @param freedShare a restart that frees less than this share of what was grown shows load, not a
 *     leak
 * @param mostCreditHours of growth in earlier lives that never came to rest
 * @param pastHours for which ended lives are remembered: a week has all its days
 * @param mostPast lives remembered
 * @param forgetHours a place without a process for so long is forgotten
 * @param mostPlaces of a service that are followed; the first by name
 */
public record ServicePolicy(
    Duration bucket,
    LeakPolicy unknown,
    LeakPolicy beyond,
    LeakPolicy far,
    LeakPolicy veryFar,
    double farTimes,
    int farLives,
    double markStep,
    int noiseKib,
    double quietHours,
    double quietShare,
    double coveredHeight,
    double coveredTime,
    int usualLives,
    double shortestClimbHours,
    double comparableAge,
    double leastResting,
    double freedShare,
    double mostCreditHours,
    double pastHours,
    int mostPast,
    double forgetHours,
    int mostPlaces) {

  private static final double BUCKETS_PER_HOUR = 30;

  /** As strict, and with more of the room eaten: a first fill or a first morning takes a third. */
  private static final LeakPolicy FIRST_FILL =
      new LeakPolicy(
          "first fill",
          LeakPolicy.STRICT.bucket(),
          LeakPolicy.STRICT.graceBuckets(),
          LeakPolicy.STRICT.trend(),
          new LeakThresholds(
              new LeakThresholds.Threshold(0.45, 13, 0),
              new LeakThresholds.Threshold(0.45, 13, 0.02),
              new LeakThresholds.Threshold(0.50, 18, 0.1),
              8,
              3,
              0,
              0,
              1),
          LeakPolicy.STRICT.leastHours(),
          LeakPolicy.STRICT.assumedLimitFactor(),
          LeakPolicy.STRICT.assumedLimitKib(),
          LeakPolicy.STRICT.mostCreditHours(),
          LeakPolicy.STRICT.silentHours(),
          LeakPolicy.STRICT.followers());

  /** Found on the leak bench's fleet traces; none of it is fitted closely. */
  public static final ServicePolicy DEFAULT =
      new ServicePolicy(
          LeakPolicy.BALANCED.bucket(),
          FIRST_FILL,
          LeakPolicy.BALANCED,
          LeakPolicy.FAST,
          LeakPolicy.EARLY,
          3,
          2,
          0.05,
          1024,
          2,
          0.5,
          1.5,
          3,
          3,
          0.5,
          0.9,
          0.5,
          0.5,
          12,
          168,
          256,
          24,
          2000);

  /** The same policy at another pace. */
  public ServicePolicy withBucket(Duration width) {
    return new ServicePolicy(
        width,
        unknown,
        beyond,
        far,
        veryFar,
        farTimes,
        farLives,
        markStep,
        noiseKib,
        quietHours,
        quietShare,
        coveredHeight,
        coveredTime,
        usualLives,
        shortestClimbHours,
        comparableAge,
        leastResting,
        freedShare,
        mostCreditHours,
        pastHours,
        mostPast,
        forgetHours,
        mostPlaces);
  }

  long stretchMs() {
    return LifeObservation.STRETCH * bucket.toMillis();
  }

  long ms(double hours) {
    return Math.round(hours * BUCKETS_PER_HOUR * bucket.toMillis());
  }

  double hours(long ms) {
    return ms / (BUCKETS_PER_HOUR * bucket.toMillis());
  }

  /** Whether growth is a leak where it stands. */
  boolean isLeak(Candidate growth, Stand stand, double creditHours) {
    return switch (stand.kind()) {
      case NONE, COVERED -> false;
      case UNKNOWN -> passes(growth, unknown, creditHours);
      case BEYOND -> passes(growth, patience(stand.times()), creditHours);
    };
  }

  private LeakPolicy patience(double times) {
    if (times >= 2 * farTimes) {
      return veryFar;
    }
    return times >= farTimes ? far : beyond;
  }

  /** The room of all is that of one policy, so that they differ in patience only. */
  private boolean passes(Candidate growth, LeakPolicy policy, double creditHours) {
    return growth.passes(beyond, policy.thresholds(), creditHours);
  }
}
