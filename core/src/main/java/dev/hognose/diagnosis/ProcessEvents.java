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

  ProcessEvents(List<Diagnosis> diagnoses, Lives lives) {
    this.diagnoses = diagnoses;
    this.lives = lives;
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
   * @param window of the process: how far apart two sightings of one illness are
   */
  ProcessStep next(ProcessState state, Event event, Duration window) {
    if (event.what() instanceof StackProfile profile) {
      ProcessState profiled = state.profiled(HotThreads.of(event, profile));
      return new ProcessStep(profiled, ProcessStep.Outcome.KEPT, List.of());
    }
    Stream<Sighting> seen = seen(event, window);
    if (event.what() instanceof Stopped) {
      Stream<Sighting> unsaid = lives.unsaid(state, event.at()).stream();
      return new ProcessStep(
          state.stopped(event.at()),
          ProcessStep.Outcome.KEPT,
          Stream.concat(unsaid, seen).toList());
    }
    return new ProcessStep(state, ProcessStep.Outcome.KEPT, seen.toList());
  }

  private Stream<Sighting> seen(Event event, Duration window) {
    return diagnoses.stream()
        .flatMap(
            diagnosis ->
                diagnosis.signs(event).stream()
                    .map(sign -> sighting(diagnosis, sign, event, window)));
  }

  private static Sighting sighting(Diagnosis diagnosis, Sign sign, Event event, Duration window) {
    return new Sighting(
        event.process(),
        ProcessWatch.version(event.version()),
        diagnosis.kind(),
        sign,
        event.at(),
        event.at(),
        window,
        Sighting.State.SEEN);
  }
}
