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
 * @param unevenShare ... without this share eaten; and growth that quickens counts the hours that
 *     it would have taken at its latest pace. With an evenness of 0 neither is asked.
 * @param lasting growth that has slowed over the life, whose last third rises by less than this
 *     share of the third before, is that of a cache that fills ever slower: hours say nothing of
 *     it, and only its share counts. 0: not asked.
 * @param gate 0 for eager thresholds, 1 for the reference's default or stricter, 2 for those that
 *     heed the pace of growth, too: see {@link Confidence}
 */
public record LeakThresholds(
    Threshold both,
    Threshold python,
    Threshold resident,
    double patientHours,
    double mostImpatience,
    double evenness,
    double unevenShare,
    double lasting,
    int gate) {

  /** Below it no growth passes the test for a plateau. */
  private static final double ANY_EVENNESS = 0.01;

  /** A logarithm has .59 over its life, a square root .77, a power of .7 has .85. */
  static final double LASTING = 0.8;

  static final LeakThresholds EARLY =
      found(
          new Threshold(0.10, 3.0, 0.0),
          new Threshold(0.12, 3.5, 0.02),
          new Threshold(0.15, 5.0, 0.03),
          2.0,
          0);

  static final LeakThresholds FAST =
      found(
          new Threshold(0.15, 5.0, 0.0),
          new Threshold(0.20, 6.0, 0.02),
          new Threshold(0.22, 8.0, 0.05),
          4.0,
          0);

  static final LeakThresholds BALANCED =
      found(
          new Threshold(0.25, 9.0, 0.0),
          new Threshold(0.25, 9.0, 0.02),
          new Threshold(0.30, 11.0, 0.10),
          6.0,
          1);

  static final LeakThresholds PAGER =
      new LeakThresholds(
          new Threshold(0.26, 11.5, 0.0),
          new Threshold(0.26, 11.5, 0.01),
          new Threshold(0.30, 11.5, 0.12),
          6.0,
          2.6,
          0.75,
          0.10,
          LASTING,
          2);

  static final LeakThresholds STRICT =
      found(
          new Threshold(0.35, 13.0, 0.0),
          new Threshold(0.35, 13.0, 0.02),
          new Threshold(0.40, 18.0, 0.10),
          8.0,
          1);

  /** The reference knows nothing of evenness. */
  private static LeakThresholds found(
      Threshold both, Threshold python, Threshold resident, double patientHours, int gate) {
    return new LeakThresholds(both, python, resident, patientHours, 3.0, 0, 0, 0, gate);
  }

  /** The same numbers, of hours at the latest pace. */
  LeakThresholds paced() {
    return new LeakThresholds(
        both,
        python,
        resident,
        patientHours,
        mostImpatience,
        ANY_EVENNESS,
        unevenShare,
        lasting,
        gate + 1);
  }

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
    double hours = evenness > 0 ? growth.hoursAtLatestPace() : growth.hours();
    double impatience = Math.min(Math.max(patientHours / hours, 1.0), mostImpatience);
    if (share >= threshold.share() * impatience) {
      return true;
    }
    if (growth.lasting() < lasting) {
      return false;
    }
    double least = growth.evenness() < evenness ? unevenShare : 0;
    return hours + creditHours >= threshold.hours()
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
