package dev.hognose.leak;

/**
 * How likely growth that passed the tests is a leak, at even prior odds.
 *
 * <p>A logistic fit over the leak bench's train set: hours of growth, share of the headroom eaten,
 * how strict the thresholds were, Kendall's tau. Thresholds that heed pace are a step above the
 * reference's default, as much as that is above the eager ones: with them nearly all alerts are
 * right, and docs/detection.md holds what is said against it. For other prior odds q add ln(q / (1
 * - q)) to the exponent. It was fitted to onsets; for a suspicion it extrapolates.
 */
final class Confidence {

  private static final double CONSTANT = -2.793;
  private static final double PER_LOG_HOUR = -0.419;
  private static final double PER_SHARE = 5.845;
  private static final double PER_GATE = 2.125;
  private static final double PER_TAU = 1.381;

  private Confidence() {}

  /**
   * Estimates it, 0 to 1.
   *
   * @param hours of growth, policy hours
   * @param share of the headroom eaten
   * @param gate of the thresholds that it passed, see {@link LeakThresholds}
   */
  static double of(double hours, double share, int gate, double tau) {
    double x =
        CONSTANT
            + PER_LOG_HOUR * StrictMath.log(hours)
            + PER_SHARE * Math.min(share, 1.0)
            + PER_GATE * gate
            + PER_TAU * tau;
    return 1.0 / (1.0 + StrictMath.exp(-x));
  }
}
