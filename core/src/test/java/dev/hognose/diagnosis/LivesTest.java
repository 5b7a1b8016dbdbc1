package dev.hognose.diagnosis;

import static dev.hognose.diagnosis.Shop.T0;
import static dev.hognose.diagnosis.Shop.at;
import static dev.hognose.diagnosis.Shop.process;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Event;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.sample.Stopped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How processes begin, fall silent and end. */
class LivesTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Fleet fleet = new Fleet();

  @Test
  void aProcessThatSaysNothingIsToldInItsOwnTime() {
    lives(process(1), 1, 200);
    fleet.silence(process(1));

    assertThat(fleet.told())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.kind()).isEqualTo(Alert.Kind.SILENT_PROCESS);
              assertThat(alert.process()).contains(process(1));
              assertThat(alert.firedAt()).isBetween(at(220), at(225));
            });
  }

  @Test
  void silenceIsToldOnceHoweverOftenTheTimerAsks() {
    lives(process(1), 1, 200);
    fleet.silence(process(1));
    fleet.silence(process(1));

    assertThat(fleet.history()).hasSize(1);
  }

  @Test
  void aGapThatNoTimerSawIsTheSame() {
    lives(process(1), 1, 200);
    lives(process(1), 400, 420);
    Fleet timed = new Fleet();
    lives(timed, process(1), 1, 200);
    timed.silence(process(1));
    lives(timed, process(1), 400, 420);
    timed.quiet();
    fleet.quiet();

    assertThat(fleet.toldById()).isEqualTo(timed.toldById()).hasSize(1);
    assertThat(fleet.told()).extracting(Alert::state).containsExactly(Alert.State.RESOLVED);
  }

  /**
   * Two processes say nothing for a while: read one after the other, as two partitions may be, or
   * told by timers before either comes back. The first gap is shorter than the quiet time.
   */
  @ParameterizedTest
  @ValueSource(ints = {400, 1_700})
  void aGapThatHasJustEndedIsTheSameWhoeverWasReadFirst(int end) {
    for (int number : new int[] {1, 2}) {
      lives(process(number), 1, 200 + 5 * number);
      lives(process(number), end, end + 20);
    }
    Fleet timed = new Fleet();
    lives(timed, process(2), 1, 210);
    lives(timed, process(1), 1, 205);
    timed.silence(process(1));
    timed.silence(process(2));
    if (end > 1_000) {
      timed.quiet();
    }
    lives(timed, process(2), end, end + 20);
    lives(timed, process(1), end, end + 20);

    assertThat(fleet.toldById()).isEqualTo(timed.toldById()).hasSize(1);
    assertThat(fleet.told()).extracting(Alert::processesAffected).containsExactly(2);
  }

  @Test
  void aProcessThatIsToldAsKilledIsNotToldAsSilent() {
    lives(process(1), 1, 200);
    assertThat(fleet.kill(process(1)).outcome()).isEqualTo(ProcessStep.Outcome.KEPT);
    assertThat(fleet.kill(process(1)).outcome()).isEqualTo(ProcessStep.Outcome.STALE);

    assertThat(fleet.told()).isEmpty();
    lives(process(1), 201, 230);
    assertThat(fleet.told()).isEmpty();
  }

  @Test
  void aKilledProcessThatComesBackWasSilent() {
    lives(process(1), 1, 200);
    fleet.kill(process(1));
    lives(process(1), 400, 420);
    fleet.quiet();

    assertThat(fleet.told())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.kind()).isEqualTo(Alert.Kind.SILENT_PROCESS);
              assertThat(alert.firedAt()).isBetween(at(220), at(225));
            });
  }

  @Test
  void processesThatAreKilledYoungAreALoopAllTheSame() {
    for (int n = 1; n <= 3; n++) {
      ProcessId process = started(n, 100 * n);
      lives(process, 100 * n + 1, 100 * n + 20);
      fleet.kill(process);
    }

    assertThat(fleet.told()).extracting(Alert::kind).containsExactly(Alert.Kind.CRASH_LOOP);
  }

  @Test
  void samplesThatWereOnlyLateTakeItBack() {
    lives(process(1), 1, 200);
    fleet.silence(process(1));
    assertThat(fleet.told()).hasSize(1);

    lives(process(1), 201, 230);

    assertThat(fleet.told()).isEmpty();
  }

  /**
   * It is silent for a while, and soon after that a timer tells another silence that none was: what
   * is left is the first, also where others of the service were silent beside it.
   */
  @ParameterizedTest
  @CsvSource({"400, 0", "400, 1", "400, 3", "250, 1"})
  void whatIsTakenBackLeavesAnEarlierSilenceAsItWas(int end, int others) {
    Fleet timed = new Fleet();
    for (Fleet each : List.of(fleet, timed)) {
      for (int number = 1; number <= 1 + others; number++) {
        lives(each, process(number), 1, 200);
        lives(each, process(number), end, end + 100);
      }
    }
    timed.silence(process(1));
    for (Fleet each : List.of(fleet, timed)) {
      lives(each, process(1), end + 101, end + 130);
      each.quiet();
    }

    assertThat(List.copyOf(timed.cases())).isEqualTo(List.copyOf(fleet.cases()));
    assertThat(timed.toldById()).isEqualTo(fleet.toldById()).hasSize(1);
    assertThat(fleet.told()).extracting(Alert::state).containsExactly(Alert.State.RESOLVED);
  }

  @Test
  void aProcessThatSaidThatItEndsIsNotSilent() {
    lives(process(1), 1, 200);
    fleet.take(stopped(process(1), 201, Stopped.Reason.SIGNAL, 0));
    fleet.silence(process(1));

    assertThat(fleet.told()).isEmpty();
  }

  @Test
  void anEndThatIsReadAfterTheTimerTakesItBack() {
    lives(process(1), 1, 200);
    fleet.silence(process(1));
    fleet.take(stopped(process(1), 201, Stopped.Reason.SIGNAL, 0));

    assertThat(fleet.told()).isEmpty();
  }

  @Test
  void threeProcessesThatCrashYoungAreALoop() {
    for (int n = 1; n <= 3; n++) {
      assertThat(fleet.told()).isEmpty();
      fleet.take(stopped(started(n, 10 * n), 10 * n + 2, Stopped.Reason.EXCEPTION, 1));
    }

    assertThat(fleet.told())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.kind()).isEqualTo(Alert.Kind.CRASH_LOOP);
              assertThat(alert.processesAffected()).isEqualTo(3);
              assertThat(alert.firedAt()).isEqualTo(at(32));
              assertThat(alert.title()).contains("after 2.0 s with an exception, in 3 processes");
            });
  }

  @Test
  void oneProcessThatIsReadThreeTimesIsNoLoop() {
    for (int n = 1; n <= 3; n++) {
      fleet.take(stopped(started(1, 0), 2, Stopped.Reason.EXCEPTION, 1));
    }

    assertThat(fleet.told()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"SIGNAL, 0, 2", "EXIT, 0, 2", "UNKNOWN, 0, 2", "EXCEPTION, 1, 200"})
  void whatWasAskedToEndOrWasOldIsNoCrash(Stopped.Reason reason, int exitCode, double age) {
    for (int n = 1; n <= 5; n++) {
      fleet.take(stopped(started(n, 10 * n), 10 * n + age, reason, exitCode));
    }

    assertThat(fleet.told()).isEmpty();
  }

  @Test
  void anEndWithAnUnknownCodeIsNoCrash() {
    for (int n = 1; n <= 5; n++) {
      Stopped stopped = new Stopped(Stopped.Reason.EXIT, OptionalInt.empty());
      fleet.take(Shop.event(started(n, 10 * n), 10 * n + 2, stopped));
    }

    assertThat(fleet.told()).isEmpty();
  }

  @Test
  void youngProcessesThatExitWithACodeAreALoop() {
    for (int n = 1; n <= 3; n++) {
      fleet.take(stopped(started(n, 10 * n), 10 * n + 2, Stopped.Reason.EXIT, 3));
    }

    assertThat(fleet.told())
        .singleElement()
        .satisfies(alert -> assertThat(alert.title()).contains("with exit code 3"));
  }

  @Test
  void youngProcessesThatVanishAreALoopToo() {
    for (int n = 1; n <= 3; n++) {
      ProcessId process = process(n);
      lives(process, 1, 5);
      fleet.silence(process);
    }

    assertThat(fleet.told())
        .extracting(Alert::kind)
        .containsExactly(Alert.Kind.SILENT_PROCESS, Alert.Kind.CRASH_LOOP);
  }

  @ParameterizedTest
  @ValueSource(doubles = {5, 60, 3_600})
  void aClockThatIsSetBackIsToldAndJudgedOn(double back) {
    lives(process(1), 1, 100);
    for (int i = 101; i <= 160; i++) {
      fleet.take(sample(process(1), i, i - back));
    }

    assertThat(fleet.told())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.kind()).isEqualTo(Alert.Kind.CLOCK_SKEW);
              assertThat(alert.title()).contains("set back by");
            });
    assertThat(fleet.of(process(1)).newest().orElseThrow().at()).isAfter(at(150 - back));
  }

  @Test
  void aClockThatIsSlewedIsNotTold() {
    lives(process(1), 1, 100);
    for (int i = 101; i <= 160; i++) {
      fleet.take(sample(process(1), i, i - 1.5));
    }

    assertThat(fleet.told()).isEmpty();
  }

  private void lives(ProcessId process, int from, int until) {
    lives(fleet, process, from, until);
  }

  private static void lives(Fleet fleet, ProcessId process, int from, int until) {
    for (int second = from; second <= until; second++) {
      fleet.take(sample(process, second, second));
    }
  }

  private static Sample sample(ProcessId process, long sequence, double second) {
    Shop shop = Shop.after(second, 1);
    shop.counters.clear();
    return shop.sample(process, sequence, SECOND);
  }

  private static ProcessId started(int number, double second) {
    Instant at = T0.plusMillis(Math.round(1000 * second));
    return new ProcessId("orders", "web-1", 100 + number, at);
  }

  private static Event stopped(
      ProcessId process, double second, Stopped.Reason reason, int exitCode) {
    return Shop.event(process, second, new Stopped(reason, exitCode));
  }
}
