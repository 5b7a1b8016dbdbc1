package dev.hognose.app.judge;

import dev.hognose.leak.Growth;
import dev.hognose.leak.LeakDetector;
import dev.hognose.leak.LeakEvent;
import dev.hognose.leak.LeakState;
import dev.hognose.leak.LeakStep;
import dev.hognose.leak.LeakVerdict;
import dev.hognose.leak.LifeObservation;
import dev.hognose.leak.MemoryReading;
import dev.hognose.leak.Outcome;
import dev.hognose.sample.GrowthRate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges the samples of one process as they come. */
final class ProcessJudge {

  /** A place of another length is none: see {@link LifeObservation}. */
  private static final int LONGEST_PLACE = 300;

  private final String place;
  private final LeakDetector detector;
  private final LimitJudge limit;
  private final SampleCounts counts;
  private final List<LeakEvent.Onset> onsets = new ArrayList<>();
  private Optional<Growth> firstGrowth = Optional.empty();
  private String firstVersion = "";
  private Optional<LifeObservation> shown = Optional.empty();
  private LeakState state = LeakState.initial();
  private long latestMs;

  ProcessJudge(String name, LeakDetector detector, LimitJudge limit) {
    this.place = place(name);
    this.detector = detector;
    this.limit = limit;
    this.counts = new SampleCounts();
  }

  private static String place(String name) {
    if (name.isEmpty()) {
      return "(no name)";
    }
    return name.length() <= LONGEST_PLACE
        ? name
        : name.substring(0, LONGEST_PLACE - 9) + "#" + String.format("%08x", name.hashCode());
  }

  /** Where the process lives within its service. */
  String place() {
    return place;
  }

  /**
   * Takes one sample.
   *
   * @return whether its figures could be used
   */
  boolean take(MemoryReading reading, String runs) {
    LeakState before = state;
    LeakStep step = detector.next(before, reading);
    state = step.state();
    if (step.outcome() instanceof Outcome.Ignored ignored) {
      counts.ignored(ignored.reason());
      return false;
    }
    counts.counted();
    latestMs = reading.atMs();
    limit.take(reading);
    if (step.outcome() instanceof Outcome.Told told
        && told.event() instanceof LeakEvent.Onset onset) {
      onsets.add(onset);
      firstVersion = onsets.size() == 1 ? runs : firstVersion;
      firstGrowth = firstGrowth.or(this::growth);
    }
    shown = LifeObservation.between(place, before, state).map(each -> each.running(runs));
    return true;
  }

  /** What the latest sample that could be used let the process show to its service. */
  Optional<LifeObservation> shown() {
    return shown;
  }

  List<LeakEvent.Onset> onsets() {
    return List.copyOf(onsets);
  }

  List<Instant> outOfMemorySoon() {
    return limit.firedAt();
  }

  /** What grew at the first onset. */
  Optional<Growth> firstGrowth() {
    return firstGrowth;
  }

  /** Version of the program at the first onset, empty when it is not known. */
  String firstVersion() {
    return firstVersion;
  }

  private Optional<Growth> growth() {
    return verdict() instanceof LeakVerdict.Leaking leaking
        ? Optional.of(leaking.growth())
        : Optional.empty();
  }

  /** What is known after the last sample. */
  LeakVerdict verdict() {
    return detector.verdict(state, latestMs);
  }

  /** Slope of the leak that stands now. */
  Optional<GrowthRate> standing() {
    return detector.verdict(state, latestMs) instanceof LeakVerdict.Leaking leaking
        ? Optional.of(leaking.growth().slope())
        : Optional.empty();
  }

  SampleCounts counts() {
    return counts;
  }
}
