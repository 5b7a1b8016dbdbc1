package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Wording;
import dev.hognose.sample.Event;
import dev.hognose.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Judges what a process shows, a window of its time after the other.
 *
 * <p>Pure: time is that of the samples. The earliest sample of each window stands for it, and a
 * window is judged when the next one has begun, so that late and doubled samples change nothing,
 * and that most samples change no state.
 */
public final class ProcessWatch {

  private static final int LONGEST_VERSION = 200;

  /** A process that is seen from its beginning had no more samples and events before. */
  private static final int FIRST_SEQUENCES = 16;

  private final DiagnosisPolicy policy;
  private final List<Diagnosis> diagnoses;
  private final Lives lives;
  private final ProcessEvents events;

  public ProcessWatch(DiagnosisPolicy policy) {
    this.policy = policy;
    this.diagnoses = Diagnoses.of(policy);
    this.lives = new Lives(policy.lives());
    this.events = new ProcessEvents(diagnoses, lives, policy.repeats());
  }

  /** Whether an event can show anything. */
  public static boolean concerns(Event event) {
    return ProcessEvents.concern(event);
  }

  /** The event without what does not concern a process: of a profile little is looked at. */
  public static Event essence(Event event) {
    return ProcessEvents.essence(event);
  }

  /** Takes a sample. */
  public ProcessStep next(ProcessState state, Sample sample) {
    Reading reading = ReadingOfSample.of(sample, state.newest());
    Duration window = policy.windows().of(sample.interval());
    if (state.newest().isEmpty()) {
      return new ProcessStep(begun(state, sample, reading), ProcessStep.Outcome.KEPT, List.of());
    }
    Reading newest = state.newest().get();
    long ahead = reading.window(window) - newest.window(window);
    if (ahead > 0) {
      return judged(state, sample, reading);
    }
    if (ahead == 0) {
      return reading.precedes(newest)
          ? new ProcessStep(replaced(state, reading), ProcessStep.Outcome.KEPT, List.of())
          : ProcessStep.nothing(state, ProcessStep.Outcome.WITHIN);
    }
    return lives.isSetBack(newest, reading)
        ? new ProcessStep(
            begun(state, sample, reading),
            ProcessStep.Outcome.SET_BACK,
            List.of(lives.setBack(state, newest, reading, window)))
        : ProcessStep.nothing(state, ProcessStep.Outcome.STALE);
  }

  /** Takes an event. */
  public ProcessStep next(ProcessState state, Event event) {
    return events.next(state, event, window(state));
  }

  /**
   * Says that the process is silent: nothing was heard of it for longer than it may say nothing.
   */
  public ProcessStep silence(ProcessState state) {
    return silence(state, sighting -> true);
  }

  /**
   * The same of a process whose silence is told as its kill: one alert of it is enough. That it
   * crashed is told all the same, and a silence that it ends itself, too: then it was not killed.
   */
  public ProcessStep killed(ProcessState state) {
    return silence(state, sighting -> sighting.kind() != Alert.Kind.SILENT_PROCESS);
  }

  private ProcessStep silence(ProcessState state, Predicate<Sighting> isTold) {
    return lives
        .silentSince(state, window(state))
        .map(
            since ->
                new ProcessStep(
                    state.silent(since),
                    ProcessStep.Outcome.KEPT,
                    lives.silence(state, since, window(state)).stream().filter(isTold).toList()))
        .orElseGet(() -> ProcessStep.nothing(state, ProcessStep.Outcome.STALE));
  }

  /** For how long nothing may be heard of it. */
  public Duration patience(ProcessState state) {
    return window(state).plus(lives.patience(state.interval()));
  }

  /** Until when, and from when on, samples of the process change nothing. */
  public Optional<Settled> settled(ProcessState state) {
    return state.newest().map(newest -> Settled.of(newest, window(state)));
  }

  private Duration window(ProcessState state) {
    return policy.windows().of(state.interval());
  }

  static String version(String version) {
    return Wording.legible(version, LONGEST_VERSION);
  }

  private static ProcessState begun(ProcessState state, Sample sample, Reading reading) {
    Instant before = reading.at().minusMillis(1);
    Instant startedAt = sample.process().startedAt();
    boolean isYoung = sample.sequence() <= FIRST_SEQUENCES;
    List<Reading> readings =
        isYoung
            ? List.of(Reading.birth(startedAt.isBefore(before) ? startedAt : before), reading)
            : List.of(reading);
    return state.heard(version(sample.version()), sample.interval(), readings);
  }

  private static ProcessState replaced(ProcessState state, Reading reading) {
    List<Reading> readings = new ArrayList<>(state.readings());
    readings.set(readings.size() - 1, reading);
    return state.heard(state.version(), state.interval(), readings);
  }

  /** Judges the windows up to the newest reading, which nothing can replace any more. */
  private ProcessStep judged(ProcessState state, Sample sample, Reading reading) {
    History history = new History(state.readings(), state.usual(), state.hot());
    Duration window = window(state);
    Instant from = state.readings().get(Math.max(0, state.readings().size() - 2)).at();
    List<Sighting> sightings = new ArrayList<>(lives.heardAgain(state, reading, window));
    for (Diagnosis diagnosis : diagnoses) {
      for (Sign sign : diagnosis.signs(history)) {
        sightings.add(
            new Sighting(
                state.process(),
                state.version(),
                diagnosis.kind(),
                sign,
                from,
                history.newest().at(),
                window,
                Sighting.State.SEEN));
      }
    }
    List<Reading> readings = new ArrayList<>(state.readings());
    readings.add(reading);
    int surplus = Math.max(0, readings.size() - policy.windows().kept());
    ProcessState next =
        state
            .usually(Usual.after(history, policy.surge()))
            .heard(
                version(sample.version()),
                sample.interval(),
                readings.subList(surplus, readings.size()));
    return new ProcessStep(next, ProcessStep.Outcome.JUDGED, sightings);
  }
}
