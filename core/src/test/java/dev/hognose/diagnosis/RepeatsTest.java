package dev.hognose.diagnosis;

import static dev.hognose.diagnosis.Shop.at;
import static dev.hognose.diagnosis.Shop.process;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lasts and is told again now and then is one alert. */
class RepeatsTest {

  private final Fleet fleet = new Fleet();

  /** Seconds between two samples, and between two words on one container. */
  @ParameterizedTest
  @CsvSource({"10, 600.05", "10, 960", "15, 900", "60, 3600", "1, 60"})
  void aContainerThatGrowsOnIsOneAlert(int interval, double apart) {
    tells(Illness.retention("shop.cart:SEEN"), interval, apart);

    isOneAlert(3 * apart + Math.max(600, 3 * 60 * interval));
  }

  /** Seconds that a window lasts, and between the ends of two. */
  @ParameterizedTest
  @CsvSource({"2, 1800.1", "7200, 7200", "2, 600"})
  void windowsThatAreThrownAwayEachTimeAreOneAlert(int window, double apart) {
    AllocationGrowth thrownAway =
        new AllocationGrowth(
            Duration.ofSeconds(window), Duration.ofMillis(120), Duration.ZERO, List.of(), true);
    tells(thrownAway, 10, apart);

    isOneAlert(3 * apart + 3 * Math.max(1_800, window));
  }

  private void tells(Event.What what, int interval, double apart) {
    fleet.take(Shop.after(-1, interval).sample(process(1), 1, Duration.ofSeconds(interval)));
    for (int n = 0; n <= 3; n++) {
      fleet.take(Shop.event(process(1), n * apart, what));
    }
  }

  private void isOneAlert(double overAt) {
    assertThat(fleet.history()).extracting(Alert::state).containsExactly(Alert.State.FIRING);
    fleet.quiet();
    assertThat(fleet.told())
        .singleElement()
        .satisfies(alert -> assertThat(alert.resolvedAt()).contains(at(overAt)));
  }
}
