package dev.hognose.series;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A line beneath a wave of known length, by least squares: what goes on while the wave comes and
 * goes.
 *
 * <p>Columns are made orthogonal one after the other (Gram and Schmidt), the line last, so that its
 * slope is what only a line explains. Of a piece of a wave little is left that only a line
 * explains, and the deviation says so. It is stretched by the correlation of the residuals, as
 * {@link SenInterval} is.
 *
 * @param slope of the line, in the floors' unit per bucket
 * @param deviation of the slope, standard
 * @param gain how many times as much of the line's error either half of the wave takes away as
 *     noise alone would (an F statistic); near 1 where there is no wave
 */
public record WavedLine(double slope, double deviation, double gain) {

  private static final int COLUMNS = 4;

  /** A column that the ones before explain but for rounding says nothing. */
  private static final double SINGULAR = 1e-24;

  /**
   * Estimates.
   *
   * @param series of five floors at least
   * @param frequency radians per bucket
   */
  public static WavedLine of(Series series, double frequency) {
    int n = series.size();
    double[] off = IntStream.range(0, n).mapToDouble(series::floor).toArray();
    double[][] columns = columns(series, frequency);
    double slope = 0;
    for (int i = 0; i < COLUMNS; i++) {
      for (int earlier = 0; earlier < i; earlier++) {
        subtract(columns[i], columns[earlier]);
      }
      slope = subtract(off, columns[i]);
    }
    double error = dot(off, off);
    double r = Neighbours.correlation(off);
    double noise = error / (n - COLUMNS) * (1 + r) / (1 - r);
    double explained = Math.max(0, LeastSquares.lineError(series) - error);
    double left = dot(columns[COLUMNS - 1], columns[COLUMNS - 1]);
    return new WavedLine(
        slope * frequency,
        left < SINGULAR ? Double.POSITIVE_INFINITY : Math.sqrt(noise / left) * frequency,
        explained == 0 ? 0 : explained / 2 / noise);
  }

  /** A level, both halves of the wave, and the line, in radians. */
  private static double[][] columns(Series series, double frequency) {
    int n = series.size();
    double centre = (series.bucket(0) + series.bucket(n - 1)) / 2;
    double[] angles =
        IntStream.range(0, n).mapToDouble(i -> frequency * (series.bucket(i) - centre)).toArray();
    double[] level = new double[n];
    Arrays.fill(level, 1);
    return new double[][] {
      level,
      Arrays.stream(angles).map(StrictMath::cos).toArray(),
      Arrays.stream(angles).map(StrictMath::sin).toArray(),
      angles
    };
  }

  /** Takes out of the one what the other explains, and says how much of it that is. */
  private static double subtract(double[] of, double[] column) {
    double square = dot(column, column);
    double share = square < SINGULAR ? 0 : dot(of, column) / square;
    for (int i = 0; i < of.length; i++) {
      of[i] -= share * column[i];
    }
    return share;
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
