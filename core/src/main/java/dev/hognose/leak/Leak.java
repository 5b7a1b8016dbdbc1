package dev.hognose.leak;

import dev.hognose.sample.GrowthRate;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * A leak that stands.
 *
 * @param firedAt end of the bucket that showed it
 * @param firedSlope at the onset; the leak is cleared well below it
 * @param firedLevel that raised it; finer levels than its neighbour have no say any more
 * @param growth as it was at the onset, with slope and hours to the limit of the latest test
 */
record Leak(Instant firedAt, GrowthRate firedSlope, int firedLevel, Growth growth) {

  /** Under another limit. */
  Leak within(OptionalDouble hoursToLimit) {
    return new Leak(firedAt, firedSlope, firedLevel, growth.within(hoursToLimit));
  }

  Leak followed(GrowthRate slope, Trend.SlopeInterval interval, OptionalDouble hoursToLimit) {
    return new Leak(
        firedAt,
        firedSlope,
        firedLevel,
        new Growth(
            growth.where(), slope, interval, growth.since(), hoursToLimit, growth.confidence()));
  }
}
