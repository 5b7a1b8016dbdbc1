package dev.hognose.leak;

import dev.hognose.sample.GrowthRate;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * How the floors of a process rise.
 *
 * @param slope in real time, whatever the policy's bucket
 * @param since start of the earliest floors in which this growth was seen: it began then, or up to
 *     half of those floors later
 * @param hoursToLimit real hours until resident memory is at the limit if it goes on like this;
 *     absent without a limit, and while resident memory does not grow
 * @param confidence that this is a leak, at even prior odds, 0 to 1
 */
public record Growth(
    Trend.Where where,
    GrowthRate slope,
    Instant since,
    OptionalDouble hoursToLimit,
    double confidence) {

  Growth since(Instant earlier) {
    return new Growth(where, slope, earlier, hoursToLimit, confidence);
  }
}
