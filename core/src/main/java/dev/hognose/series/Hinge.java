package dev.hognose.series;

/**
 * Where a series that was level began to rise: the break of the level line with a rising end that
 * fits best (least squares).
 *
 * @param index of the last level floor; 0 when it rises from its beginning
 */
public record Hinge(int index) {

  /** Share of the growth by which floors may miss a straight line and still be one. */
  private static final double STRAIGHT = 0.02;

  /** A rise shows in no fewer floors. */
  private static final int LEAST_RISE = 3;

  /**
   * Finds it.
   *
   * @param series of four floors at least
   */
  public static Hinge of(Series series) {
    double miss = STRAIGHT * (series.last() - series.first());
    if (LeastSquares.lineError(series) <= series.size() * miss * miss) {
      return new Hinge(0);
    }
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int index = 0; index < series.size() - LEAST_RISE; index++) {
      double error = error(series, index);
      if (error < least) {
        least = error;
        best = index;
      }
    }
    return new Hinge(best);
  }

  /** Squared error of the best {@code a + b max(0, x - break)}: a line over the bent time. */
  private static double error(Series series, int index) {
    int n = series.size();
    double[] bent = new double[n];
    double[] floors = new double[n];
    for (int i = 0; i < n; i++) {
      bent[i] = Math.max(0, series.bucket(i) - series.bucket(index));
      floors[i] = series.floor(i);
    }
    return LeastSquares.lineError(new Series(bent, floors));
  }
}
