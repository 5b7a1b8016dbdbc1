package dev.hognose.series;

import java.util.stream.IntStream;

/**
 * The slope of {@link TheilSen}, and between which slopes the true one lies, whatever the noise's
 * distribution.
 *
 * <p>Sen (1968): order statistics of the slopes of all pairs, at ranks that Kendall's variance
 * gives. Floors that follow each other are alike, which makes them worth fewer: the variance is
 * stretched by (1 + r) / (1 - r), r being the residuals' correlation with their neighbours (Hamed
 * and Rao 1998, with the first lag only, as a ring has 24 floors).
 *
 * @param slope in the floors' unit per bucket
 * @param low the same
 * @param high the same
 */
public record SenInterval(double slope, double low, double high) {

  /** Deviations on both sides that hold 95 % of a normal distribution. */
  private static final double DEVIATIONS = 1.96;

  /**
   * Estimates.
   *
   * @param series of two floors at least
   */
  public static SenInterval of(Series series) {
    double[] slopes = slopes(series);
    double slope = Median.of(slopes);
    int middle = slopes.length >> 1;
    int last = slopes.length - 1;
    int n = series.size();
    double variance = n * (n - 1.0) * (2 * n + 5) / 18;
    double r = Neighbours.correlation(residuals(series, slopes[middle]));
    double reach = DEVIATIONS * Math.sqrt(variance * (1 + r) / (1 - r));
    int low = (int) Math.floor((slopes.length - reach) / 2);
    int high = (int) Math.ceil((slopes.length + reach) / 2);
    // The median's place parts them: what is before it is not larger, what is after it not smaller.
    return new SenInterval(
        slope,
        Median.select(slopes, Math.max(0, low), 0, middle),
        Median.select(slopes, Math.min(last, high), middle, last));
  }

  private static double[] slopes(Series series) {
    int n = series.size();
    double[] slopes = new double[n * (n - 1) / 2];
    int pair = 0;
    for (int i = 0; i < n - 1; i++) {
      for (int j = i + 1; j < n; j++) {
        slopes[pair++] =
            (series.floor(j) - series.floor(i)) / (series.bucket(j) - series.bucket(i));
      }
    }
    return slopes;
  }

  private static double[] residuals(Series series, double slope) {
    return IntStream.range(0, series.size())
        .mapToDouble(i -> series.floor(i) - slope * series.bucket(i))
        .toArray();
  }
}
