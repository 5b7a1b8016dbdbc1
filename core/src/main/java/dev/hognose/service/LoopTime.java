package dev.hognose.service;

import dev.hognose.sample.Histogram;
import java.time.Duration;

/**
 * How event loops spent a stretch of time.
 *
 * @param watched over all loops
 * @param lag how late callbacks ran that were due; its sum is {@code late}
 * @param late the sum of the lags, exact, so that the order of adding up makes no difference
 * @param blocked in loop blocks
 * @param excess lag that no loop block explains
 */
public record LoopTime(
    Duration watched, Histogram lag, Duration late, Duration blocked, Duration excess) {

  public static final LoopTime NONE =
      new LoopTime(Duration.ZERO, Histogram.EMPTY, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  public LoopTime plus(LoopTime other) {
    Duration sum = late.plus(other.late);
    return new LoopTime(
        watched.plus(other.watched),
        lag.plus(other.lag).withSum(sum),
        sum,
        blocked.plus(other.blocked),
        excess.plus(other.excess));
  }

  /** What users waited for the loops without getting an answer. */
  public Duration lost() {
    return blocked.plus(excess);
  }
}
