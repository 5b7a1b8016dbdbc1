package dev.hognose.leak;

import dev.hognose.sample.GrowthRate;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * Growth at one level that passed the trend tests, before thresholds.
 *
 * @param hours of floors, policy hours
 * @param growthKib over these floors
 * @param firstKib resident floor that they begin with
 * @param limitKib 0 without one
 * @param tau Kendall's
 * @param evenness of the channel that rises, of both the larger: see {@link Rise}
 * @param lasting how the growth goes on over the life: see {@link LifePace}
 * @param since when they began to rise, not before the process
 * @param hoursToRoom real hours until resident memory is at the limit or the assumed one; absent
 *     while it does not grow
 */
record Candidate(
    Trend.Where where,
    double hours,
    double growthKib,
    double firstKib,
    long limitKib,
    double tau,
    double evenness,
    double lasting,
    GrowthRate slope,
    Trend.SlopeInterval interval,
    Instant since,
    OptionalDouble hoursToRoom) {

  private static final long LEAST_HEADROOM_KIB = 1024;

  /** Growth of so many policy hours, or of this share, is evidence for the lives to come. */
  private static final double EVIDENCE_HOURS = 2.0;

  private static final double EVIDENCE_SHARE = 0.08;

  /** Evidence of earlier lives counts from so many policy hours on. */
  private static final double CREDIT_FROM_HOURS = 1.3;

  /** With how it goes on over the life. */
  Candidate lasting(double pace) {
    return new Candidate(
        where,
        hours,
        growthKib,
        firstKib,
        limitKib,
        tau,
        evenness,
        pace,
        slope,
        interval,
        since,
        hoursToRoom);
  }

  /** Share of the headroom eaten; without a limit, of the room that a policy assumes. */
  double share(LeakPolicy policy) {
    return growthKib / headroomKib(policy, limitKib, firstKib);
  }

  static double headroomKib(LeakPolicy policy, long limitKib, double firstKib) {
    return Math.max(policy.roomKib(limitKib, firstKib) - firstKib, LEAST_HEADROOM_KIB);
  }

  /**
   * Policy hours that the growth would have taken at the pace of its second half, where that is the
   * faster one: quiet floors before a morning, or before a leak that began midway, are no growth.
   */
  double hoursAtLatestPace() {
    return evenness > 1 ? hours * (1 + 1 / evenness) / 2 : hours;
  }

  boolean isEvidence(LeakPolicy policy) {
    return hours >= EVIDENCE_HOURS || share(policy) >= EVIDENCE_SHARE;
  }

  /** What counts of the evidence of earlier lives. */
  double credit(double creditHours) {
    return hours >= CREDIT_FROM_HOURS ? creditHours : 0;
  }

  boolean passes(LeakPolicy policy, LeakThresholds thresholds, double creditHours) {
    return thresholds.pass(this, share(policy), creditHours);
  }

  /**
   * What to tell of it.
   *
   * @param gate of the thresholds that it passed, see {@link Confidence}
   */
  Growth growth(LeakPolicy policy, int gate) {
    return new Growth(
        where,
        slope,
        interval,
        since,
        limitKib > 0 ? hoursToRoom : OptionalDouble.empty(),
        Confidence.of(hours, share(policy), gate, tau));
  }
}
