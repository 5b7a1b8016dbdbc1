package dev.hognose.leak;

import dev.hognose.sample.GrowthRate;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of a process between the closings of two buckets. Immutable.
 *
 * @param levels finest first
 * @param evidenceHours longest growth seen in this life, policy hours
 * @param creditHours evidence of earlier lives, policy hours
 * @param slope of the standing leak or the one before, none before any
 * @param leak that stands
 * @param clearedAtMs when the last leak of this life was cleared
 * @param risingSinceMs while something rises without being a leak
 */
record Judgement(
    List<Level> levels,
    double evidenceHours,
    double creditHours,
    GrowthRate slope,
    Optional<Leak> leak,
    OptionalLong clearedAtMs,
    OptionalLong risingSinceMs) {

  /** Without start times, a floor below this share of the last ones is another process. */
  private static final double RESTART_DROP = 0.72;

  private static final int RESTART_FLOORS = 6;
  private static final int RESTART_LEAST = 3;

  private static final List<Level> NO_LEVELS = Collections.nCopies(Level.COUNT, Level.EMPTY);

  static final Judgement NONE =
      new Judgement(
          NO_LEVELS,
          0,
          0,
          GrowthRate.ZERO,
          Optional.empty(),
          OptionalLong.empty(),
          OptionalLong.empty());

  Judgement {
    levels = List.copyOf(levels);
  }

  /** What is carried on when floors before and after cannot be compared; a leak stands. */
  Judgement withoutFloors() {
    return new Judgement(
        NO_LEVELS, 0, creditHours, slope, leak, OptionalLong.empty(), OptionalLong.empty());
  }

  /** Evidence of the ended life becomes credit, a life without any halves it; a leak stands. */
  Judgement restarted(double mostCreditHours) {
    double credit =
        evidenceHours > 0
            ? Math.min(mostCreditHours, creditHours + evidenceHours)
            : creditHours * 0.5;
    return new Judgement(
        NO_LEVELS, 0, credit, slope, leak, OptionalLong.empty(), OptionalLong.empty());
  }

  boolean hasClosed(long bucket) {
    return bucket <= levels.get(0).ring().newest();
  }

  boolean looksLikeAnotherLife(Floor floor) {
    Ring finest = levels.get(0).ring();
    return finest.size() >= RESTART_LEAST
        && finest.liesFarAbove(floor, RESTART_FLOORS, RESTART_DROP);
  }

  /** What it means, without regard to the time since. */
  LeakVerdict verdict(LeakPolicy policy) {
    if (leak.isPresent()) {
      return new LeakVerdict.Leaking(leak.get().growth());
    }
    Finding strongest = strongestFinding();
    if (strongest.candidate().isPresent()) {
      int gate = LeakPolicy.EARLY.thresholds().gate();
      return rising(strongest.strength(), strongest.candidate().get().growth(policy, gate));
    }
    if (clearedAtMs.isPresent()) {
      return new LeakVerdict.Cleared(Instant.ofEpochMilli(clearedAtMs.getAsLong()), slope);
    }
    return strongest.strength() == Finding.Strength.NOTHING
        ? new LeakVerdict.Steady()
        : warming(policy);
  }

  private LeakVerdict rising(Finding.Strength strength, Growth latest) {
    long sinceMs = risingSinceMs.orElse(latest.since().toEpochMilli());
    Growth growth = latest.since(Instant.ofEpochMilli(sinceMs));
    return strength == Finding.Strength.SUSPECT
        ? new LeakVerdict.Suspect(growth)
        : new LeakVerdict.Growing(growth);
  }

  private LeakVerdict warming(LeakPolicy policy) {
    int level = policy.finestTestedLevel();
    int needed = policy.floorsNeeded(level);
    return new LeakVerdict.Warming(levels.get(level).ring().size(), needed);
  }

  /** Of equally strong findings that of the widest level: it saw most. */
  private Finding strongestFinding() {
    return levels.stream()
        .map(Level::finding)
        .reduce((a, b) -> b.strength().compareTo(a.strength()) >= 0 ? b : a)
        .orElse(Finding.UNTESTED);
  }
}
