package dev.hognose.series;

/**
 * The slope of a series that few points cannot move, and how monotone the series is.
 *
 * <p>Theil (1950), Sen (1968): the median of the slopes of all pairs; up to 29 % of the points may
 * be outliers. Kendall (1938): the same pairs, counted. O(n²), 276 pairs in a full ring.
 *
 * @param slope in the floors' unit per bucket
 * @param balance rising pairs minus falling pairs
 * @param pairs all of them
 */
public record TheilSen(double slope, int balance, int pairs) {

  /**
   * Estimates.
   *
   * @param series of two floors at least
   */
  public static TheilSen of(Series series) {
    int n = series.size();
    double[] slopes = new double[n * (n - 1) / 2];
    int balance = 0;
    int pair = 0;
    for (int i = 0; i < n - 1; i++) {
      for (int j = i + 1; j < n; j++) {
        double rise = series.floor(j) - series.floor(i);
        balance += (int) Math.signum(rise);
        slopes[pair++] = rise / (series.bucket(j) - series.bucket(i));
      }
    }
    return new TheilSen(Median.of(slopes), balance, pair);
  }

  /** Kendall's tau: -1 falls always, 1 rises always. */
  public double tau() {
    return (double) balance / pairs;
  }
}
