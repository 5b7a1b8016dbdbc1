package dev.hognose.leak;

/**
 * When growth becomes a leak: it has eaten a share of the room below the limit, or has lasted.
 *
 * <p>A share eaten within few hours must be larger: it is multiplied by {@code patientHours /
 * hours}, at most by {@code mostImpatience}.
 *
 * @param both for growth seen in resident memory and in the Python heap
 * @param python for growth of the Python heap only
 * @param resident for growth of resident memory only
 * @param patientHours policy hours from which on the shares hold as they stand
 * @param evenness growth that slows, whose second half rises by less than this share of the first,
 *     may be a cache that fills: hours alone are not enough for it ...
 * @param unevenShare ... without this share eaten
 * @param gate 1 for the default thresholds or stricter, else 0: see {@link Confidence}
 */
public record LeakThresholds(
    Threshold both,
    Threshold python,
    Threshold resident,
    double patientHours,
    double mostImpatience,
    double evenness,
    double unevenShare,
    int gate) {

  /**
   * The thresholds for one place of growth.
   *
   * @param share of the headroom that is enough
   * @param hours of growth that are enough, policy hours ...
   * @param leastShare ... with at least this share eaten
   */
  public record Threshold(double share, double hours, double leastShare) {}

  /**
   * Whether growth is a leak.
   *
   * @param share of the headroom eaten
   * @param creditHours evidence of earlier lives
   */
  boolean pass(Candidate growth, double share, double creditHours) {
    Threshold threshold = of(growth.where());
    double impatience = Math.min(Math.max(patientHours / growth.hours(), 1.0), mostImpatience);
    if (share >= threshold.share() * impatience) {
      return true;
    }
    double least = growth.evenness() < evenness ? unevenShare : 0;
    return growth.hours() + creditHours >= threshold.hours()
        && share >= Math.max(threshold.leastShare(), least);
  }

  private Threshold of(Trend.Where where) {
    return switch (where) {
      case PYTHON -> both;
      case PYTHON_HIDDEN -> python;
      case NATIVE, FRAGMENTATION -> resident;
    };
  }
}
