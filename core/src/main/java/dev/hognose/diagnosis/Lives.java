package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a process's beginning, silence and end show. */
final class Lives {

  private final CrashLoop crashLoop;
  private final SilentProcess silentProcess;
  private final ClockSkew clockSkew;

  Lives(DiagnosisPolicy.Lives policy) {
    crashLoop = new CrashLoop(policy.young());
    silentProcess = new SilentProcess(policy.silence());
    clockSkew = new ClockSkew(policy.setBack());
  }

  Duration patience(Duration interval) {
    return silentProcess.patience(interval);
  }

  boolean isSetBack(Reading newest, Reading later) {
    return clockSkew.isBetween(newest, later);
  }

  Sighting setBack(ProcessState state, Reading newest, Reading later, Duration window) {
    return sighting(
        state,
        Alert.Kind.CLOCK_SKEW,
        clockSkew.sign(newest, later),
        later.at(),
        newest.at(),
        window);
  }

  /**
   * When the process counts as silent, if nothing comes after its newest window: in terms of
   * windows, so that samples within one make no difference. Nothing when its silence was told, or
   * it has ended.
   */
  Optional<Instant> silentSince(ProcessState state, Duration window) {
    boolean isKnown = state.stoppedAt().isPresent() || state.silentSince().isPresent();
    return isKnown ? Optional.empty() : state.newest().map(newest -> due(state, newest, window));
  }

  private Instant due(ProcessState state, Reading newest, Duration window) {
    long end = (newest.window(window) + 1) * window.toMillis();
    return Instant.ofEpochMilli(end).plus(patience(state.interval()));
  }

  /**
   * It is silent since then, and may have crashed. It is as old as it was at its newest reading:
   * how much of that window it lived on nobody knows.
   */
  List<Sighting> silence(ProcessState state, Instant since, Duration window) {
    List<Sighting> sightings = new ArrayList<>();
    sightings.add(silent(state, since, since, window));
    Instant last = state.newest().map(Reading::at).orElse(since);
    crashLoop.signs(state.process().startedAt(), last, "without a word").stream()
        .map(sign -> sighting(state, Alert.Kind.CRASH_LOOP, sign, since, since, window))
        .forEach(sightings::add);
    return sightings;
  }

  /** What its next reading says of a silence: how long it was, or that there was none. */
  List<Sighting> heardAgain(ProcessState state, Reading reading, Duration window) {
    Reading newest = state.newest().orElse(reading);
    Instant due = due(state, newest, window);
    boolean wasSilent = due.isBefore(reading.at());
    List<Sighting> sightings = new ArrayList<>();
    if (wasSilent && state.stoppedAt().isEmpty()) {
      sightings.add(silent(state, due, due, window));
      sightings.add(silent(state, due, reading.at(), window));
    }
    state
        .silentSince()
        .ifPresent(
            since ->
                silence(state, since, window).stream()
                    .filter(each -> !wasSilent || each.kind() != Alert.Kind.SILENT_PROCESS)
                    .map(Sighting::withdrawn)
                    .forEach(sightings::add));
    return sightings;
  }

  /** Its silence was told, and it had said that it ends. */
  List<Sighting> unsaid(ProcessState state, Instant stoppedAt) {
    Duration window = Duration.ofMillis(1);
    return state
        .silentSince()
        .filter(since -> !stoppedAt.isAfter(since))
        .map(since -> silence(state, since, window).stream().map(Sighting::withdrawn).toList())
        .orElse(List.of());
  }

  private Sighting silent(ProcessState state, Instant from, Instant until, Duration window) {
    Sign sign = silentProcess.sign(patience(state.interval()));
    return sighting(state, Alert.Kind.SILENT_PROCESS, sign, from, until, window);
  }

  private static Sighting sighting(
      ProcessState state,
      Alert.Kind kind,
      Sign sign,
      Instant from,
      Instant until,
      Duration window) {
    return new Sighting(
        state.process(), state.version(), kind, sign, from, until, window, Sighting.State.SEEN);
  }
}
