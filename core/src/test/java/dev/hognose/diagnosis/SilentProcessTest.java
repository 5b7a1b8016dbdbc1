package dev.hognose.diagnosis;

import static dev.hognose.diagnosis.Shop.at;
import static dev.hognose.diagnosis.Shop.process;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Stopped;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A process says nothing any more, and did not say that it ends. */
class SilentProcessTest {

  private final Fleet fleet = new Fleet();

  @Test
  void aProcessThatSaysNothingIsToldInItsOwnTime() {
    fleet.lives(process(1), 1, 200);
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
    fleet.lives(process(1), 1, 200);
    fleet.silence(process(1));
    fleet.silence(process(1));

    assertThat(fleet.history()).hasSize(1);
  }

  @Test
  void aGapThatNoTimerSawIsTheSame() {
    fleet.lives(process(1), 1, 200);
    fleet.lives(process(1), 400, 420);
    Fleet timed = new Fleet();
    timed.lives(process(1), 1, 200);
    timed.silence(process(1));
    timed.lives(process(1), 400, 420);
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
      fleet.lives(process(number), 1, 200 + 5 * number);
      fleet.lives(process(number), end, end + 20);
    }
    Fleet timed = new Fleet();
    timed.lives(process(2), 1, 210);
    timed.lives(process(1), 1, 205);
    timed.silence(process(1));
    timed.silence(process(2));
    if (end > 1_000) {
      timed.quiet();
    }
    timed.lives(process(2), end, end + 20);
    timed.lives(process(1), end, end + 20);

    assertThat(fleet.toldById()).isEqualTo(timed.toldById()).hasSize(1);
    assertThat(fleet.told()).extracting(Alert::processesAffected).containsExactly(2);
  }

  @Test
  void aProcessThatIsToldAsKilledIsNotToldAsSilent() {
    fleet.lives(process(1), 1, 200);
    assertThat(fleet.kill(process(1)).outcome()).isEqualTo(ProcessStep.Outcome.KEPT);
    assertThat(fleet.kill(process(1)).outcome()).isEqualTo(ProcessStep.Outcome.STALE);

    assertThat(fleet.told()).isEmpty();
    fleet.lives(process(1), 201, 230);
    assertThat(fleet.told()).isEmpty();
  }

  @Test
  void aKilledProcessThatComesBackWasSilent() {
    fleet.lives(process(1), 1, 200);
    fleet.kill(process(1));
    fleet.lives(process(1), 400, 420);
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
  void samplesThatWereOnlyLateTakeItBack() {
    fleet.lives(process(1), 1, 200);
    fleet.silence(process(1));
    assertThat(fleet.told()).hasSize(1);

    fleet.lives(process(1), 201, 230);

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
        each.lives(process(number), 1, 200);
        each.lives(process(number), end, end + 100);
      }
    }
    timed.silence(process(1));
    for (Fleet each : List.of(fleet, timed)) {
      each.lives(process(1), end + 101, end + 130);
      each.quiet();
    }

    assertThat(List.copyOf(timed.cases())).isEqualTo(List.copyOf(fleet.cases()));
    assertThat(timed.toldById()).isEqualTo(fleet.toldById()).hasSize(1);
    assertThat(fleet.told()).extracting(Alert::state).containsExactly(Alert.State.RESOLVED);
  }

  @Test
  void aProcessThatSaidThatItEndsIsNotSilent() {
    fleet.lives(process(1), 1, 200);
    fleet.take(Shop.event(process(1), 201, new Stopped(Stopped.Reason.SIGNAL, 0)));
    fleet.silence(process(1));

    assertThat(fleet.told()).isEmpty();
  }

  @Test
  void anEndThatIsReadAfterTheTimerTakesItBack() {
    fleet.lives(process(1), 1, 200);
    fleet.silence(process(1));
    fleet.take(Shop.event(process(1), 201, new Stopped(Stopped.Reason.SIGNAL, 0)));

    assertThat(fleet.told()).isEmpty();
  }
}
