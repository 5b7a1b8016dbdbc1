package dev.hognose.leak;

import dev.hognose.series.SenInterval;
import dev.hognose.series.Series;
import dev.hognose.series.WavedLine;

/**
 * Between which slopes growth goes on, as far as one ring can tell: not only the slope of these
 * floors, but that of the days around them.
 *
 * <p>The noise of the floors is the smaller part of the doubt. What changes within a ring changes
 * outside of it, too: two halves are two looks at how the slope varies, and stand for more than
 * their own distance. A ring shorter than a day has not seen the day's traffic at all: what it has
 * seen may have been its noon, and where its floors bend as a day's do, the day that fits them is
 * held, too. docs/detection.md has what each of it is worth.
 *
 * @param low in the floors' unit per bucket
 * @param high the same
 */
record LongRunSlope(double low, double high) {

  /** How much farther the days go than noise and halves. */
  private static final double STRETCH = 2;

  /** Share of the slope that the part of a day leaves open which a shorter ring has not seen. */
  private static final double UNSEEN = 0.25;

  private static final double DAY_HOURS = 24;

  /** From here on it is a day's wave that bends the floors, and not noise. */
  private static final double LEAST_GAIN = 8;

  /** Deviations of the slope beneath the wave on both sides ... */
  private static final double DEVIATIONS = 2;

  /** ... that may be this share of it: a piece of a day that tells less tells nothing of it. */
  private static final double MOST_DOUBT = 0.25;

  /**
   * Estimates.
   *
   * @param channel of five floors at least
   */
  static LongRunSlope of(Channel channel) {
    Series series = channel.floors();
    double hours = channel.hours();
    SenInterval noise = SenInterval.of(series);
    double slope = noise.slope();
    double first = channel.firstHalf();
    double second = channel.secondHalf();
    double below = slope - Math.min(noise.low(), Math.min(first, second));
    double above = Math.max(noise.high(), Math.max(first, second)) - slope;
    double unseen = hours < DAY_HOURS ? UNSEEN * Math.abs(slope) : 0;
    return new LongRunSlope(
            slope - Math.max(STRETCH * below, Math.max(unseen, atNoon(slope, hours))),
            slope + Math.max(STRETCH * above, unseen))
        .and(WavedLine.of(series, turn(hours) / (series.span() + 1)));
  }

  /**
   * By how much the day's slope is lower when the ring has seen the busiest hours of a day whose
   * quietest have no growth at all; the wave's mean over them is 1 + sin(x) / x for a mean of 1.
   */
  private static double atNoon(double slope, double hours) {
    if (slope <= 0 || hours >= DAY_HOURS) {
      return 0;
    }
    double x = turn(hours) / 2;
    double excess = StrictMath.sin(x) / x;
    return slope * excess / (1 + excess);
  }

  /** How much of a day that is, in radians. */
  private static double turn(double hours) {
    return 2 * Math.PI * hours / DAY_HOURS;
  }

  private LongRunSlope and(WavedLine day) {
    double doubt = DEVIATIONS * day.deviation();
    boolean isTold = day.gain() >= LEAST_GAIN && doubt <= MOST_DOUBT * Math.abs(day.slope());
    return isTold
        ? new LongRunSlope(Math.min(low, day.slope() - doubt), Math.max(high, day.slope() + doubt))
        : this;
  }
}
