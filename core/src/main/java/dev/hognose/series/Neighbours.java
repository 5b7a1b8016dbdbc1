package dev.hognose.series;

import java.util.Arrays;

/** How alike residuals are that follow each other. */
final class Neighbours {

  /** With more correlation than this a ring says nothing of it. */
  private static final double MOST = 0.9;

  private Neighbours() {}

  /** None or more. */
  static double correlation(double[] off) {
    double centre = Arrays.stream(off).average().orElse(0);
    double own = 0;
    double next = 0;
    for (int i = 0; i < off.length; i++) {
      own += (off[i] - centre) * (off[i] - centre);
      next += i == 0 ? 0 : (off[i] - centre) * (off[i - 1] - centre);
    }
    return own == 0 ? 0 : Math.min(MOST, Math.max(0, next / own));
  }
}
