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
 * @param leastShare of the room: below it many times a little is a little, and what earlier lives
 *     showed is no evidence
 */
record Patience(
    LeakPolicy unknown,
    LeakPolicy beyond,
    LeakPolicy far,
    LeakPolicy veryFar,
    double farTimes,
    double leastShare) {

  /**
   * As strict, and with more of the room eaten: a first fill or a first morning takes a third.
   *
   * <p>It asks whether growth has slowed over the life; where lives of the service have shown an
   * end, they know that better.
   */
  private static final LeakPolicy FIRST_FILL =
      LeakPolicy.STRICT.with(
          new LeakThresholds(
              new LeakThresholds.Threshold(0.45, 13, 0),
              new LeakThresholds.Threshold(0.45, 13, 0.02),
              new LeakThresholds.Threshold(0.50, 18, 0.1),
              8,
              3,
              0,
              0,
              LeakThresholds.LASTING,
              1));

  static final Patience DEFAULT =
      new Patience(
          paced(FIRST_FILL),
          paced(LeakPolicy.BALANCED),
          paced(LeakPolicy.FAST),
          paced(LeakPolicy.EARLY),
          3,
          0.03);

  /** The reference knows nothing of pace; a service's mornings need it. */
  private static LeakPolicy paced(LeakPolicy policy) {
    return policy.with(policy.thresholds().paced());
  }

  /** Whether growth is a leak where it stands. */
  boolean isLeak(Candidate growth, Stand stand, double creditHours) {
    return switch (stand.kind()) {
      case NONE, COVERED -> false;
      case UNKNOWN -> passes(growth, unknown, creditHours);
      case BEYOND -> passes(growth, at(growth, stand), creditHours);
    };
  }

  private boolean isSmall(Candidate growth) {
    return growth.share(beyond) < leastShare;
  }

  private LeakPolicy at(Candidate growth, Stand stand) {
    if (stand.times() < farTimes || isSmall(growth)) {
      return beyond;
    }
    return stand.times() >= 2 * farTimes ? veryFar : far;
  }

  /** The room of all is that of one policy, so that they differ in patience only. */
  private boolean passes(Candidate growth, LeakPolicy policy, double creditHours) {
    return growth.passes(beyond, policy.thresholds(), isSmall(growth) ? 0 : creditHours);
  }

  /** What to tell of a leak. */
  Growth told(Candidate growth) {
    return growth.growth(beyond, beyond.thresholds().gate());
  }

  boolean isEvidence(Candidate growth) {
    return growth.isEvidence(beyond);
  }
}
