package dev.hognose.leak;

import java.time.Duration;
import java.time.Instant;

/**
 * The numbers that decide what a service's lives say of a process.
 *
 * <p>All hours are policy hours, as in {@link LeakPolicy}.
 *
 * @param bucket as of the processes' policy
 * @param graceBuckets buckets between the end of a stretch and its judgement: a process shows it
 *     after two, and has two more to be late, or its clock behind
 * @param patience with growth, by where it stands
 * @param farLives so many lives must be comparable to call growth far
 * @param markStep a climb goes on while it adds this share to its height ...
 * @param noiseKib ... and this much
 * @param quietHours without which a climb has come to rest ...
 * @param quietShare ... or this share of the time that it took, if that is longer
 * @param coveredHeight growth up to so many times the highest that came to rest, or the most that a
 *     life has given back, is covered: processes of one service differ
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
 * @param successionHours a process that ended on the same host so long before another started may
 *     have been followed by it
 * @param mostPlaces of a service that are followed; the first by name
 */
public record ServicePolicy(
    Duration bucket,
    int graceBuckets,
    Patience patience,
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
    double successionHours,
    int mostPlaces) {

  private static final double BUCKETS_PER_HOUR = 30;

  /** Found on the leak bench's fleet traces; none of it is fitted closely. */
  public static final ServicePolicy DEFAULT =
      new ServicePolicy(
          LeakPolicy.BALANCED.bucket(),
          4,
          Patience.DEFAULT,
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
          1,
          2000);

  /** The same policy at another pace. */
  public ServicePolicy withBucket(Duration width) {
    return new ServicePolicy(
        width,
        graceBuckets,
        patience,
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
        successionHours,
        mostPlaces);
  }

  /** What is judged at a time. */
  public Duration stretch() {
    return bucket.multipliedBy(LifeObservation.STRETCH);
  }

  long stretchMs() {
    return stretch().toMillis();
  }

  /** A stretch is over so long after its end: what is shown of it was read by then. */
  long graceMs() {
    return graceBuckets * bucket.toMillis();
  }

  /** The stretch that an observation was made of. */
  long stretch(LifeObservation observation) {
    return Math.floorDiv(observation.atMs() - graceMs() - 1, stretchMs());
  }

  /** When a stretch is over, event time. */
  long judgedMs(long stretch) {
    return (stretch + 1) * stretchMs() + graceMs();
  }

  /** When the stretch of an observation was over, also if it is judged in a later one. */
  Instant judgedAt(LifeObservation observation) {
    return Instant.ofEpochMilli(judgedMs(stretch(observation)));
  }

  long ms(double hours) {
    return Math.round(hours * BUCKETS_PER_HOUR * bucket.toMillis());
  }

  double hours(long ms) {
    return ms / (BUCKETS_PER_HOUR * bucket.toMillis());
  }
}
