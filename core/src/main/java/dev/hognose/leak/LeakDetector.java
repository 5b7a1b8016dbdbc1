package dev.hognose.leak;

import dev.hognose.leak.Outcome.Reason;
import java.util.Optional;

/**
 * Judges the memory of one process, reading by reading.
 *
 * <p>It watches two channels, resident memory and the Python heap, through their floors: minima
 * over buckets of 1, 2, 4, ... 128 times the policy's. A floor ignores what is freed again; what
 * lifts it stays. Of each resolution the last 24 floors are kept, and as soon as 12 are there a
 * trend test rejects steps, plateaus, daily cycles and growth that was given back before. A trend
 * becomes a leak when it has eaten a set share of the room below the limit, or has lasted for
 * hours. Of the leak bench's reference, TriFloor, it gives the same events.
 *
 * <p>Time is the readings' own. A bucket closes when a reading comes that is later than its end by
 * the policy's grace, so that doubled readings change nothing and late ones count until then. A
 * reading from the future would close buckets too early: the caller, who knows when it came, must
 * drop it. Pure and thread-safe: the same states and readings give the same steps, always.
 */
public final class LeakDetector {

  private static final Outcome COUNTED = new Outcome.Counted();

  /** An agent without Kafka keeps an hour of samples: a longer step is no ordinary gap. */
  private static final long LEAST_AHEAD_MS = 3_600_000;

  private final LeakPolicy policy;
  private final long graceMs;
  private final long bucketMs;

  public LeakDetector(LeakPolicy policy) {
    this.policy = policy;
    this.graceMs = policy.graceMs();
    this.bucketMs = policy.bucketMs();
  }

  /**
   * Takes one reading, in order of arrival. Never fails: what cannot be used is ignored with a
   * reason. Readings that are refused because they do not go on from what is known are believed
   * when nothing else comes, see {@link Refused}.
   */
  public LeakStep next(LeakState state, MemoryReading reading) {
    LeakState before = state.atPace(bucketMs);
    return refusal(before, reading)
        .map(reason -> refused(state, before, reading, reason))
        .orElseGet(() -> close(before.with(reading, policy), COUNTED));
  }

  private LeakStep refused(
      LeakState state, LeakState before, MemoryReading reading, Reason reason) {
    if (!Refused.isDoubt(reason)) {
      return new LeakStep(state, new Outcome.Ignored(reason));
    }
    Refused refused = before.refused().and(reading.atMs(), policy);
    if (!refused.areBelieved(reason, policy)) {
      return new LeakStep(before.with(refused), new Outcome.Ignored(reason));
    }
    boolean goesOn = reason == Reason.CLOCK_AHEAD || reason == Reason.OTHER_FIGURE;
    LeakState known = goesOn ? before : before.forgetting(reading, policy);
    return close(known.with(reading, policy), new Outcome.Believed(reason));
  }

  /**
   * What is known at a time.
   *
   * @param atMs event time, milliseconds since 1970: that of the reading just judged, or a later
   *     one to ask about a process that fell silent
   */
  public LeakVerdict verdict(LeakState state, long atMs) {
    long watermarkMs = state.head().watermarkMs();
    if (watermarkMs == 0) {
      return new LeakVerdict.Unknown(LeakVerdict.Reason.NO_READING);
    }
    if (atMs - watermarkMs > policy.silenceMs()) {
      return new LeakVerdict.Unknown(LeakVerdict.Reason.NO_RECENT_READING);
    }
    return state.judgement().verdict(policy);
  }

  private Optional<Reason> refusal(LeakState state, MemoryReading reading) {
    if (reading.failed()) {
      return Optional.of(Reason.FAILED_READ);
    }
    if (reading.hasImplausibleTime()) {
      return Optional.of(Reason.IMPLAUSIBLE_TIME);
    }
    if (reading.hasImplausibleFigure()) {
      return Optional.of(Reason.IMPLAUSIBLE_FIGURE);
    }
    return doubt(state, reading);
  }

  /** Whether it does not go on from what is known. */
  private Optional<Reason> doubt(LeakState state, MemoryReading reading) {
    LeakState.Head head = state.head();
    if (head.watermarkMs() == 0) {
      return Optional.empty();
    }
    long startedAtMs = state.startOf(reading);
    if (startedAtMs > 0 && startedAtMs < head.startedAtMs()) {
      return Optional.of(Reason.EARLIER_LIFE);
    }
    long behindMs = head.watermarkMs() - reading.atMs();
    if (behindMs > policy.silenceMs()) {
      return Optional.of(Reason.CLOCK_BEHIND);
    }
    if (behindMs > bucketMs + graceMs) {
      return Optional.of(Reason.LATE);
    }
    if (-behindMs > Math.max(policy.silenceMs(), LEAST_AHEAD_MS)) {
      return Optional.of(Reason.CLOCK_AHEAD);
    }
    boolean sameLife = startedAtMs == 0 || startedAtMs == head.startedAtMs();
    return sameLife && LeakState.PythonFigure.of(reading) != head.pythonFigure()
        ? Optional.of(Reason.OTHER_FIGURE)
        : Optional.empty();
  }

  /** Closes the buckets whose grace is over, oldest first. */
  private LeakStep close(LeakState state, Outcome otherwise) {
    OpenFloors open = state.open();
    if (!isDue(open, state.head())) {
      return new LeakStep(state, otherwise);
    }
    Judgement judgement = state.judgement();
    Outcome outcome = otherwise;
    while (isDue(open, state.head())) {
      Floor floor = open.oldest();
      open = open.withoutOldest();
      if (judgement.hasClosed(floor.bucket())) {
        continue;
      }
      if (state.head().startedAtMs() == 0 && judgement.looksLikeAnotherLife(floor)) {
        judgement = judgement.restarted(policy.mostCreditHours());
        open = OpenFloors.EMPTY;
      }
      Closing closing = Closing.of(policy, state.head(), judgement, floor);
      judgement = closing.judgement();
      outcome = closing.event().<Outcome>map(Outcome.Told::new).orElse(outcome);
    }
    return new LeakStep(
        new LeakState(bucketMs, state.head(), open, Rings.of(judgement), Refused.NONE), outcome);
  }

  private boolean isDue(OpenFloors open, LeakState.Head head) {
    return !open.isEmpty()
        && head.watermarkMs() >= (open.oldest().bucket() + 1) * bucketMs + graceMs;
  }
}
