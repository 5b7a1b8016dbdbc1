package dev.hognose.leak;

/**
 * How far growth must have gone to be a leak, by where it stands against what lives of its service
 * have shown.
 *
 * @param unknown while no life has shown where growth ends: a first fill of a cache looks like a
 *     leak, in every process at once
 * @param beyond for growth beyond what lives have shown
 * @param far the same for growth {@code farTimes} as high ...
 * @param veryFar ... and twice that
 * @param farTimes twice the covered height: no noise of a height reaches that far
 */
record Patience(
    LeakPolicy unknown, LeakPolicy beyond, LeakPolicy far, LeakPolicy veryFar, double farTimes) {

  /** As strict, and with more of the room eaten: a first fill or a first morning takes a third. */
  private static final LeakPolicy FIRST_FILL =
      new LeakPolicy(
          "first fill",
          LeakPolicy.STRICT.bucket(),
          LeakPolicy.STRICT.graceBuckets(),
          LeakPolicy.STRICT.trend(),
          new LeakThresholds(
              new LeakThresholds.Threshold(0.45, 13, 0),
              new LeakThresholds.Threshold(0.45, 13, 0.02),
              new LeakThresholds.Threshold(0.50, 18, 0.1),
              8,
              3,
              0,
              0,
              1),
          LeakPolicy.STRICT.leastHours(),
          LeakPolicy.STRICT.assumedLimitFactor(),
          LeakPolicy.STRICT.assumedLimitKib(),
          LeakPolicy.STRICT.mostCreditHours(),
          LeakPolicy.STRICT.silentHours(),
          LeakPolicy.STRICT.followers());

  static final Patience DEFAULT =
      new Patience(FIRST_FILL, LeakPolicy.BALANCED, LeakPolicy.FAST, LeakPolicy.EARLY, 3);

  /** Whether growth is a leak where it stands. */
  boolean isLeak(Candidate growth, Stand stand, double creditHours) {
    return switch (stand.kind()) {
      case NONE, COVERED -> false;
      case UNKNOWN -> passes(growth, unknown, creditHours);
      case BEYOND -> passes(growth, at(stand.times()), creditHours);
    };
  }

  private LeakPolicy at(double times) {
    if (times >= 2 * farTimes) {
      return veryFar;
    }
    return times >= farTimes ? far : beyond;
  }

  /** The room of all is that of one policy, so that they differ in patience only. */
  private boolean passes(Candidate growth, LeakPolicy policy, double creditHours) {
    return growth.passes(beyond, policy.thresholds(), creditHours);
  }

  /** What to tell of a leak. */
  Growth told(Candidate growth) {
    return growth.growth(beyond, beyond.thresholds().gate());
  }

  boolean isEvidence(Candidate growth) {
    return growth.isEvidence(beyond);
  }
}
