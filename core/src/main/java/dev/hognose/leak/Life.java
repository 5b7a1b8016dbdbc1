package dev.hognose.leak;

/**
 * One life of a process, as far as it has come.
 *
 * @param startedAtMs of the process, 0 while unknown
 * @param bornMs since when it is known, not before its start
 * @param latestMs of its latest observation
 * @param evidenceHours longest growth seen in it, policy hours
 * @param risingAtMs when something rose last, 0 if never
 * @param version of the program, empty while unknown
 */
record Life(
    long startedAtMs,
    long bornMs,
    long latestMs,
    Climb resident,
    Climb python,
    double evidenceHours,
    long risingAtMs,
    String version) {

  /** The two figures of memory that can climb. */
  enum Channel {
    RESIDENT,
    PYTHON
  }

  static Life begin(LifeObservation observation, ServicePolicy policy) {
    long seenMs = observation.atMs() - 2 * policy.stretchMs();
    long bornMs = Math.min(observation.atMs(), Math.max(observation.startedAtMs(), seenMs));
    return new Life(
        observation.startedAtMs(),
        bornMs,
        observation.atMs(),
        Climb.begin(observation.residentKib(), bornMs),
        Climb.begin(observation.pythonKib(), bornMs),
        0,
        observation.rising().isEmpty() ? 0 : observation.atMs(),
        observation.version());
  }

  Life next(LifeObservation observation, ServicePolicy policy) {
    return new Life(
        startedAtMs,
        bornMs,
        observation.atMs(),
        resident.next(observation.residentKib(), observation.atMs(), policy),
        python.next(observation.pythonKib(), observation.atMs(), policy),
        evidenceHours,
        observation.rising().isEmpty() ? risingAtMs : observation.atMs(),
        observation.version());
  }

  Life withEvidence(double hours) {
    return new Life(startedAtMs, bornMs, latestMs, resident, python, hours, risingAtMs, version);
  }

  /** Whether an observation is of a life that follows this one. */
  boolean isFollowedBy(LifeObservation observation) {
    boolean known = startedAtMs > 0 && observation.startedAtMs() > 0;
    return known ? observation.startedAtMs() != startedAtMs : observation.first();
  }

  long livedMs() {
    return latestMs - bornMs;
  }

  Climb climb(Channel channel) {
    return channel == Channel.RESIDENT ? resident : python;
  }

  boolean hasEnded(Channel channel, ServicePolicy policy) {
    return climb(channel).hasEnded(bornMs, latestMs, policy);
  }

  boolean hasEnded(ServicePolicy policy) {
    return hasEnded(Channel.RESIDENT, policy) && hasEnded(Channel.PYTHON, policy);
  }

  boolean isRising(long nowMs, ServicePolicy policy) {
    return risingAtMs > 0 && nowMs - risingAtMs <= policy.ms(policy.quietHours());
  }

  /** Whether it still shows something, or may be late by a stretch. */
  boolean isAlive(long nowMs, ServicePolicy policy) {
    return latestMs > nowMs - 2 * policy.stretchMs();
  }

  PastLife told(ServicePolicy policy) {
    return new PastLife(
        latestMs, livedMs(), rest(Channel.RESIDENT, policy), rest(Channel.PYTHON, policy), version);
  }

  /** A slow leak on top of a high climb adds little to it: what still rises shows no end. */
  private PastLife.Rest rest(Channel channel, ServicePolicy policy) {
    Climb climb = climb(channel);
    boolean ended = hasEnded(channel, policy) && !isRising(latestMs, policy);
    return new PastLife.Rest(climb.mark(), climb.markedAtMs() - bornMs, ended, climb.fell());
  }
}
