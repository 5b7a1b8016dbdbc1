package dev.hognose.leak;

import dev.hognose.sample.GrowthRate;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * Growth at one level that passed the trend tests, before thresholds.
 *
 * @param hours of floors, policy hours
 * @param share of the headroom eaten
 * @param tau Kendall's
 * @param since start of the first floor, or of the process if that is later
 * @param hoursToRoom real hours until resident memory is at the limit or the assumed one; absent
 *     while it does not grow
 */
record Candidate(
    Trend.Where where,
    double hours,
    double share,
    double tau,
    GrowthRate slope,
    Instant since,
    OptionalDouble hoursToRoom) {

  boolean passes(LeakThresholds thresholds, double creditHours) {
    return thresholds.pass(where, share, hours, creditHours);
  }

  /**
   * What to tell of it.
   *
   * @param gate of the thresholds that it passed, see {@link Confidence}
   * @param limitKib without a limit, hours to one are not told
   */
  Growth growth(int gate, long limitKib) {
    return new Growth(
        where,
        slope,
        since,
        limitKib > 0 ? hoursToRoom : OptionalDouble.empty(),
        Confidence.of(hours, share, gate, tau));
  }
}
