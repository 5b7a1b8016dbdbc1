package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.diagnosis.ProcessState;
import dev.hognose.diagnosis.ProcessStep;
import dev.hognose.diagnosis.ProcessStep.Outcome;
import dev.hognose.diagnosis.Sighting;
import dev.hognose.diagnosis.Sighting.State;
import dev.hognose.diagnosis.Sign;
import dev.hognose.sample.ProcessId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Somebody waits for the first sighting of an illness, and not for those of each window after. */
class NewSightingsTest {

  private static final Instant AT = Telemetry.T0;
  private static final ProcessId PROCESS = new ProcessId("shop", "web-1", 7, AT);

  private final NewSightings sightings = new NewSightings();

  private static Sighting of(Alert.Kind kind, String culprit, State state) {
    Sign sign = new Sign(culprit, "it is ill", 1, List.of(), Optional.empty(), Optional.empty());
    return new Sighting(PROCESS, "1.0", kind, sign, AT, AT, Duration.ofSeconds(10), state);
  }

  private boolean areIn(Outcome outcome, Sighting... shown) {
    ProcessStep step = new ProcessStep(ProcessState.unknown(PROCESS), outcome, List.of(shown));
    return sightings.areIn(PROCESS.key(), step);
  }

  private boolean judged(String... culprits) {
    return areIn(
        Outcome.JUDGED,
        Stream.of(culprits)
            .map(culprit -> of(Alert.Kind.SLOW_TASKS, culprit, State.SEEN))
            .toArray(Sighting[]::new));
  }

  @Test
  void whatEveryWindowShowsIsNewOnce() {
    assertThat(judged("pay")).isTrue();
    assertThat(judged("pay")).isFalse();
    assertThat(judged("pay")).isFalse();
  }

  @Test
  void anotherCulpritIsNew() {
    judged("pay");

    assertThat(judged("pay", "mail")).isTrue();
    assertThat(judged("mail", "pay")).isFalse();
  }

  @Test
  void whatPausedIsNewAgain() {
    judged("pay");

    assertThat(judged()).isFalse();
    assertThat(judged("pay")).isTrue();
  }

  @Test
  void anEventIsNewAndLeavesTheWindowsAlone() {
    judged("pay");
    Sighting crash = of(Alert.Kind.CRASH_LOOP, "", State.SEEN);

    assertThat(areIn(Outcome.KEPT, crash)).isTrue();
    assertThat(areIn(Outcome.KEPT, crash)).isTrue();
    assertThat(judged("pay")).isFalse();
  }

  @Test
  void whatIsTakenBackIsNew() {
    judged("pay");

    assertThat(areIn(Outcome.KEPT, of(Alert.Kind.SLOW_TASKS, "pay", State.WITHDRAWN))).isTrue();
  }

  @Test
  void aForgottenProcessBeginsAnew() {
    judged("pay");
    sightings.forget(PROCESS.key());

    assertThat(judged("pay")).isTrue();
  }
}
