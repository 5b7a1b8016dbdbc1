package dev.hognose.series;

import java.util.OptionalDouble;

/** Squared errors of two shapes, each fitted as well as it can be. */
public final class LeastSquares {

  private static final double SINGULAR = 1e-12;

  private LeastSquares() {}

  /** Squared error of the best straight line. */
  public static double lineError(Series series) {
    int n = series.size();
    double sumX = 0;
    double sumY = 0;
    for (int i = 0; i < n; i++) {
      sumX += series.bucket(i);
      sumY += series.floor(i);
    }
    double meanX = sumX / n;
    double meanY = sumY / n;
    double sxx = 0;
    double sxy = 0;
    for (int i = 0; i < n; i++) {
      double dx = series.bucket(i) - meanX;
      sxx += dx * dx;
      sxy += dx * (series.floor(i) - meanY);
    }
    double slope = sxy / sxx;
    double error = 0;
    for (int i = 0; i < n; i++) {
      double off = series.floor(i) - meanY - slope * (series.bucket(i) - meanX);
      error += off * off;
    }
    return error;
  }

  /**
   * Squared error of the best {@code a + b cos(wx) + c sin(wx)}.
   *
   * @param frequency w, radians per bucket
   * @return absent when the floors do not determine a, b and c
   */
  public static OptionalDouble sinusError(Series series, double frequency) {
    double[][] shape = new double[series.size()][];
    double[][] system = new double[3][4];
    double centre = series.bucket(series.size() >> 1);
    for (int i = 0; i < shape.length; i++) {
      double angle = frequency * (series.bucket(i) - centre);
      shape[i] = new double[] {1, StrictMath.cos(angle), StrictMath.sin(angle)};
      addNormalEquations(system, shape[i], series.floor(i));
    }
    if (!eliminate(system)) {
      return OptionalDouble.empty();
    }
    double[] x = substituteBack(system);
    double error = 0;
    for (int i = 0; i < shape.length; i++) {
      double off = series.floor(i) - x[0] - x[1] * shape[i][1] - x[2] * shape[i][2];
      error += off * off;
    }
    return OptionalDouble.of(error);
  }

  private static void addNormalEquations(double[][] system, double[] shape, double floor) {
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        system[row][column] += shape[row] * shape[column];
      }
      system[row][3] += shape[row] * floor;
    }
  }

  /** Gauss with partial pivoting; false when singular. */
  private static boolean eliminate(double[][] system) {
    for (int i = 0; i < 3; i++) {
      swapInLargest(system, i);
      if (Math.abs(system[i][i]) < SINGULAR) {
        return false;
      }
      for (int row = i + 1; row < 3; row++) {
        double factor = system[row][i] / system[i][i];
        for (int column = i; column < 4; column++) {
          system[row][column] -= factor * system[i][column];
        }
      }
    }
    return true;
  }

  private static void swapInLargest(double[][] system, int i) {
    int pivot = i;
    for (int row = i + 1; row < 3; row++) {
      if (Math.abs(system[row][i]) > Math.abs(system[pivot][i])) {
        pivot = row;
      }
    }
    double[] swapped = system[i];
    system[i] = system[pivot];
    system[pivot] = swapped;
  }

  private static double[] substituteBack(double[][] system) {
    double[] x = new double[3];
    for (int i = 2; i >= 0; i--) {
      double known = 0;
      for (int j = i + 1; j < 3; j++) {
        known += system[i][j] * x[j];
      }
      x[i] = (system[i][3] - known) / system[i][i];
    }
    return x;
  }
}
