package dev.hognose.leak;

import dev.hognose.sample.GrowthRate;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * How the floors of a process rise.
 *
 * @param slope in real time, whatever the policy's bucket
 * @param interval in which the slope lies with 95 % confidence, as far as the floors tell
 * @param since when the floors began to rise, to a twelfth of the time before
 * @param hoursToLimit real hours until resident memory is at the limit if it goes on like this;
 *     absent without a limit, and while resident memory does not grow
 * @param confidence that this is a leak, at even prior odds, 0 to 1
 */
public record Growth(
    Trend.Where where,
    GrowthRate slope,
    Trend.SlopeInterval interval,
    Instant since,
    OptionalDouble hoursToLimit,
    double confidence) {

  private static final double BYTES_PER_KIB = 1024;

  Growth since(Instant earlier) {
    return new Growth(where, slope, interval, earlier, hoursToLimit, confidence);
  }

  Growth within(OptionalDouble hours) {
    return new Growth(where, slope, interval, since, hours, confidence);
  }

  /**
   * The same growth seen from a later level of memory, or under another limit.
   *
   * @param limitKib 0 without one
   */
  Growth within(long limitKib, long residentKib) {
    boolean isResident = where != Trend.Where.PYTHON_HIDDEN && slope.bytesPerHour() > 0;
    return within(
        isResident && limitKib > 0
            ? OptionalDouble.of((limitKib - residentKib) * BYTES_PER_KIB / slope.bytesPerHour())
            : OptionalDouble.empty());
  }

  /** The fewest hours to the limit that the slope's interval allows. */
  public OptionalDouble leastHoursToLimit() {
    return hoursAt(interval.high());
  }

  /** The most of them; absent when it allows for no growth at all. */
  public OptionalDouble mostHoursToLimit() {
    return hoursAt(interval.low());
  }

  private OptionalDouble hoursAt(GrowthRate rate) {
    return hoursToLimit.isEmpty() || rate.bytesPerHour() <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            hoursToLimit.getAsDouble() * slope.bytesPerHour() / rate.bytesPerHour());
  }
}
