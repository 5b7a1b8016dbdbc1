package dev.hognose.leak;

import dev.hognose.series.SenInterval;
import dev.hognose.series.Series;
import dev.hognose.series.TheilSen;

/**
 * Between which slopes growth goes on, as far as one ring can tell: not only the slope of these
 * floors, but that of the days around them.
 *
 * <p>The noise of the floors is the smaller part of the doubt. What changes within a ring changes
 * outside of it, too: two halves are two looks at how the slope varies, and stand for more than
 * their own distance. A ring shorter than a day has not seen the day's traffic at all.
 *
 * @param low in the floors' unit per bucket
 * @param high the same
 */
record LongRunSlope(double low, double high) {

  /** How much farther the days go than noise and halves; measured, see docs/detection.md. */
  private static final double STRETCH = 2;

  /** Share of the slope that the part of a day leaves open which a shorter ring has not seen. */
  private static final double UNSEEN = 0.25;

  private static final double DAY_HOURS = 24;

  /**
   * Estimates.
   *
   * @param series of four floors at least
   * @param hours of the floors, policy hours
   */
  static LongRunSlope of(Series series, double hours) {
    double slope = TheilSen.of(series).slope();
    SenInterval noise = SenInterval.of(series);
    int half = series.size() >> 1;
    double first = TheilSen.of(series.slice(0, half)).slope();
    double second = TheilSen.of(series.slice(half, series.size())).slope();
    double below = slope - Math.min(noise.low(), Math.min(first, second));
    double above = Math.max(noise.high(), Math.max(first, second)) - slope;
    double unseen = hours < DAY_HOURS ? UNSEEN * Math.abs(slope) : 0;
    return new LongRunSlope(
        slope - Math.max(STRETCH * below, unseen), slope + Math.max(STRETCH * above, unseen));
  }
}
