package dev.hognose.diagnosis;

import static dev.hognose.diagnosis.Shop.at;
import static dev.hognose.diagnosis.Shop.process;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock of a process is set back. */
class ClockSkewTest {

  private final Fleet fleet = new Fleet();

  @ParameterizedTest
  @ValueSource(doubles = {5, 60, 3_600})
  void aClockThatIsSetBackIsToldAndJudgedOn(double back) {
    fleet.lives(process(1), 1, 100);
    for (int i = 101; i <= 160; i++) {
      fleet.take(Shop.quiet(process(1), i, i - back));
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
    fleet.lives(process(1), 1, 100);
    for (int i = 101; i <= 160; i++) {
      fleet.take(Shop.quiet(process(1), i, i - 1.5));
    }

    assertThat(fleet.told()).isEmpty();
  }
}
