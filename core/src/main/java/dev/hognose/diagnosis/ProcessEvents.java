package dev.hognose.diagnosis;

import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Event;
import dev.hognose.sample.Retention;
import dev.hognose.sample.StackProfile;
import dev.hognose.sample.Stopped;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What events show of a process: that it ends, what grows in it, where its threads are. */
final class ProcessEvents {

  private final List<Diagnosis> diagnoses;
  private final Lives lives;
  private final Repeats repeats;

  ProcessEvents(List<Diagnosis> diagnoses, Lives lives, Repeats repeats) {
    this.diagnoses = diagnoses;
    this.lives = lives;
    this.repeats = repeats;
  }

  /** Whether it can show anything. */
  static boolean concern(Event event) {
    return event.what() instanceof Stopped
        || event.what() instanceof Retention
        || event.what() instanceof StackProfile
        || event.what() instanceof AllocationGrowth;
  }

  static Event essence(Event event) {
    return event.what() instanceof StackProfile profile
        ? new Event(
            event.process(),
            event.sequence(),
            event.at(),
            event.version(),
            HotThreads.essence(profile))
        : event;
  }

  /**
   * Takes one.
   *
   * @param window of the process
   */
  ProcessStep next(ProcessState state, Event event, Duration window) {
    if (event.what() instanceof StackProfile profile) {
      ProcessState profiled = state.profiled(HotThreads.of(event, profile));
      return new ProcessStep(profiled, ProcessStep.Outcome.KEPT, List.of());
    }
    Stream<Sighting> seen = seen(event, repeats.of(event.what(), state.interval(), window));
    if (event.what() instanceof Stopped) {
      Stream<Sighting> unsaid = lives.unsaid(state, event.at()).stream();
      return new ProcessStep(
          state.stopped(event.at()),
          ProcessStep.Outcome.KEPT,
          Stream.concat(unsaid, seen).toList());
    }
    return new ProcessStep(state, ProcessStep.Outcome.KEPT, seen.toList());
  }

  private Stream<Sighting> seen(Event event, Duration beat) {
    return diagnoses.stream()
        .flatMap(
            diagnosis ->
                diagnosis.signs(event).stream()
                    .map(sign -> sighting(diagnosis, sign, event, beat)));
  }

  private static Sighting sighting(Diagnosis diagnosis, Sign sign, Event event, Duration beat) {
    return new Sighting(
        event.process(),
        ProcessWatch.version(event.version()),
        diagnosis.kind(),
        sign,
        event.at(),
        event.at(),
        beat,
        Sighting.State.SEEN);
  }
}
