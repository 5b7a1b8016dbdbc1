package dev.hognose.leak;

import dev.hognose.sample.GrowthRate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The closing of one bucket: hands its floor to every level, and tests each level that it closes.
 *
 * <p>Used once, for one bucket of one process.
 */
final class Closing {

  /** A leak is over when its slope has fallen below this share of the slope at the onset. */
  private static final double CLEARED_SHARE = 0.2;

  private final LeakPolicy policy;
  private final LeakState.Head head;
  private final Judgement before;
  private final long atMs;
  private final Level[] levels;
  private double evidenceHours;
  private GrowthRate slope;
  private Optional<Leak> leak;
  private OptionalLong clearedAtMs;
  private Optional<LeakEvent> event = Optional.empty();

  private Closing(LeakPolicy policy, LeakState.Head head, Judgement before, long bucket) {
    this.policy = policy;
    this.head = head;
    this.before = before;
    this.atMs = (bucket + 1) * policy.bucketMs();
    this.levels = before.levels().toArray(Level[]::new);
    this.evidenceHours = before.evidenceHours();
    this.slope = before.slope();
    this.leak = before.leak();
    this.clearedAtMs = before.clearedAtMs();
  }

  /** Closes a bucket later than all that were closed before. */
  static Closing of(LeakPolicy policy, LeakState.Head head, Judgement before, Floor floor) {
    Closing closing = new Closing(policy, head, before, floor.bucket());
    closing.close(0, floor);
    for (int level = 1; level < Level.COUNT; level++) {
      closing.fill(level, floor.at(level));
    }
    closing.heedLimit();
    return closing;
  }

  /** The last change of mind. */
  Optional<LeakEvent> event() {
    return event;
  }

  Judgement judgement() {
    return new Judgement(
        Arrays.asList(levels),
        evidenceHours,
        before.creditHours(),
        slope,
        leak,
        clearedAtMs,
        risingSince());
  }

  private OptionalLong risingSince() {
    OptionalLong now =
        Arrays.stream(levels)
            .flatMap(level -> level.finding().candidate().stream())
            .mapToLong(candidate -> candidate.since().toEpochMilli())
            .min();
    return now.isPresent()
        ? OptionalLong.of(Math.min(now.getAsLong(), before.risingSinceMs().orElse(Long.MAX_VALUE)))
        : now;
  }

  private void fill(int level, Floor floor) {
    Floor filled = levels[level].open();
    levels[level] = levels[level].filled(floor);
    if (!filled.isNone() && filled.bucket() != floor.bucket()) {
      close(level, filled);
    }
  }

  private void close(int level, Floor floor) {
    levels[level] = levels[level].closed(floor, policy.trend().giveBackMemory());
    if (!levels[level].hasEnough()) {
      return;
    }
    GrowthDetector test = new GrowthDetector(policy, level, levels[level].ring());
    Optional<Leak> standing = leak;
    levels[level] = levels[level].found(find(level, test));
    standing.ifPresent(known -> follow(known, level, test));
  }

  /** A leak that stands needs no further evidence; that it is still rising concerns its service. */
  private Finding find(int level, GrowthDetector test) {
    if (!test.isLongEnough()) {
      return Finding.UNTESTED;
    }
    return test.candidate(head)
        .map(rising -> rising.lasting(LifePace.of(List.of(levels), level, rising.where())))
        .map(
            candidate ->
                leak.isPresent()
                    ? new Finding(Finding.Strength.GROWING, Optional.of(candidate))
                    : weigh(level, candidate))
        .orElse(Finding.NOTHING);
  }

  private Finding weigh(int level, Candidate candidate) {
    if (candidate.isEvidence(policy)) {
      evidenceHours = Math.max(evidenceHours, candidate.hours());
    }
    double creditHours = candidate.credit(before.creditHours());
    if (candidate.passes(policy, policy.thresholds(), creditHours)) {
      begin(level, candidate);
      return new Finding(Finding.Strength.SUSPECT, Optional.of(candidate));
    }
    LeakThresholds early = LeakPolicy.EARLY.thresholds();
    return new Finding(
        candidate.passes(policy, early, creditHours)
            ? Finding.Strength.SUSPECT
            : Finding.Strength.GROWING,
        Optional.of(candidate));
  }

  private void begin(int level, Candidate candidate) {
    Growth growth = candidate.growth(policy, policy.thresholds().gate());
    slope = growth.slope();
    Instant at = Instant.ofEpochMilli(atMs);
    Instant since = new Beginning(policy, List.of(levels), head.startedAtMs()).of(growth, level);
    leak = Optional.of(new Leak(at, slope, level, growth.since(since)));
    event =
        Optional.of(
            new LeakEvent.Onset(
                at, slope, growth.confidence(), growth.where(), candidate.hoursToRoom()));
  }

  /** Follows the slope, and takes the verdict back when both channels' floors have stopped. */
  private void follow(Leak standing, int level, GrowthDetector test) {
    if (level < standing.firedLevel() - 1 || isDiluted(standing, level)) {
      return;
    }
    double resident = test.residentSlope();
    GrowthRate now = test.rate(Math.max(resident, test.pythonSlope()));
    if (now.bytesPerHour() > 0) {
      slope = now;
      leak = Optional.of(standing.followed(slope, test.interval(), hoursToLimit(test)));
    }
    if (now.bytesPerHour() < CLEARED_SHARE * standing.firedSlope().bytesPerHour()) {
      clear(standing.growth().confidence(), now);
    }
  }

  /** A limit that was changed since the level of a standing leak was tested is heeded at once. */
  private void heedLimit() {
    leak.filter(standing -> levels[standing.firedLevel()].isTestedWithAnother(head.limitKib()))
        .ifPresent(standing -> leak = Optional.of(standing.within(hoursToLimit(standing))));
  }

  private OptionalDouble hoursToLimit(Leak standing) {
    int level = standing.firedLevel();
    GrowthDetector test = new GrowthDetector(policy, level, levels[level].ring());
    return hoursToLimit(test);
  }

  private OptionalDouble hoursToLimit(GrowthDetector test) {
    return head.limitKib() > 0
        ? test.hoursTo((double) head.limitKib(), test.residentSlope())
        : OptionalDouble.empty();
  }

  /** Whether a wider ring began before the leak, and its policy lets it say nothing then. */
  private boolean isDiluted(Leak standing, int level) {
    long startMs = (levels[level].ring().buckets()[0] << level) * policy.bucketMs();
    return policy.followers() == Followers.RINGS_WITHIN_THE_LEAK
        && level > standing.firedLevel()
        && startMs < standing.growth().since().toEpochMilli();
  }

  private void clear(double confidence, GrowthRate now) {
    GrowthRate left = now.bytesPerHour() > 0 ? now : GrowthRate.ZERO;
    event = Optional.of(new LeakEvent.Clear(Instant.ofEpochMilli(atMs), left, confidence));
    leak = Optional.empty();
    clearedAtMs = OptionalLong.of(atMs);
    evidenceHours = 0;
    for (int level = 0; level < levels.length; level++) {
      levels[level] = levels[level].found(levels[level].finding().settled());
    }
  }
}
