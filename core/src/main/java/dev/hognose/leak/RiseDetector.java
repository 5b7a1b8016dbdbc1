package dev.hognose.leak;

import dev.hognose.series.LeastSquares;
import dev.hognose.series.Median;
import dev.hognose.series.Series;
import dev.hognose.series.TheilSen;
import java.util.Optional;

/**
 * Tells floors that rise as a leak's do from all else that rises.
 *
 * <p>They must rise mostly upwards (Kendall), by more than noise and more than was given back
 * before, still rise in the second half and the last quarter (no plateau), in many increments (no
 * steps), and not as a day does. What it cannot tell: a cache that fills evenly is a leak until it
 * is full. Cheap tests come first.
 */
final class RiseDetector {

  private static final double SHORTEST_CYCLE_HOURS = 4;
  private static final double LONGEST_CYCLE_HOURS = 30;
  private static final double DAY_HOURS = 24;

  private final TrendLimits limits;

  RiseDetector(TrendLimits limits) {
    this.limits = limits;
  }

  /**
   * Tests one channel of one level.
   *
   * @param leastTau of the channel
   * @param givenBack KiB that the channel's floor fell before
   * @param hoursPerBucket policy hours
   * @return absent when the floors do not rise as a leak's do
   */
  Optional<Rise> rise(Channel channel, double leastTau, int givenBack, double hoursPerBucket) {
    Series floors = channel.floors();
    double rough = floors.last() - floors.first();
    if (rough <= 0 || isTooSmall(2 * rough, floors, givenBack)) {
      return Optional.empty();
    }
    TheilSen trend = channel.trend();
    double growth = trend.slope() * floors.span();
    if (trend.tau() < leastTau
        || trend.slope() <= 0
        || isTooSmall(growth, floors, givenBack)
        || isNoise(floors, trend.slope(), growth)) {
      return Optional.empty();
    }
    double evenness = evenness(channel);
    if (isPlateau(floors, evenness)
        || isSteps(floors)
        || isDailyCycle(floors, growth, hoursPerBucket)) {
      return Optional.empty();
    }
    return Optional.of(new Rise(trend.slope(), growth, trend.tau(), evenness));
  }

  private boolean isTooSmall(double growth, Series floors, int givenBack) {
    return growth < limits.leastKib()
        || growth < limits.leastShare() * floors.first()
        || growth < limits.overGiveBack() * givenBack;
  }

  private boolean isNoise(Series floors, double slope, double growth) {
    int n = floors.size();
    double[] residuals = new double[n];
    for (int i = 0; i < n; i++) {
      residuals[i] = floors.floor(i) - slope * floors.bucket(i);
    }
    double centre = Median.of(residuals);
    for (int i = 0; i < n; i++) {
      residuals[i] = Math.abs(residuals[i] - centre);
    }
    return growth < limits.overNoise() * Median.of(residuals);
  }

  private static double evenness(Channel channel) {
    return channel.secondHalf() / Math.max(channel.firstHalf(), channel.slope() * 0.5);
  }

  private boolean isPlateau(Series floors, double evenness) {
    if (evenness < limits.secondHalf()) {
      return true;
    }
    int n = floors.size();
    int quarter = n >> 2;
    double start = floors.median(0, quarter);
    double third = floors.median(n - 2 * quarter, n - quarter);
    double end = floors.median(n - quarter, n);
    return end - third < limits.lastQuarter() * (end - start) / 3.0;
  }

  /** The effective number of increments is (sum of |d|)² over the sum of d². */
  private boolean isSteps(Series floors) {
    double sum = 0;
    double squares = 0;
    for (int i = 1; i < floors.size(); i++) {
      double increment = floors.floor(i) - floors.floor(i - 1);
      sum += Math.abs(increment);
      squares += increment * increment;
    }
    return sum * sum < limits.leastIncrements() * squares;
  }

  /** A sinus of a day that fits better than a line which does not fit anyway. */
  private boolean isDailyCycle(Series floors, double growth, double hoursPerBucket) {
    double hours = floors.span() * hoursPerBucket;
    if (hours < SHORTEST_CYCLE_HOURS || hours > LONGEST_CYCLE_HOURS) {
      return false;
    }
    double line = LeastSquares.lineError(floors);
    double misfit = limits.dayMisfit() * growth;
    if (line <= floors.size() * misfit * misfit) {
      return false;
    }
    double frequency = 2 * Math.PI * hoursPerBucket / DAY_HOURS;
    double sinus = LeastSquares.sinusError(floors, frequency).orElse(Double.POSITIVE_INFINITY);
    return sinus < limits.dayFit() * line;
  }
}
