package dev.hognose.collector.fleet;

import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.alert;
import static dev.hognose.collector.fleet.Outcome.APPLIED;
import static dev.hognose.collector.fleet.Outcome.STALE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.collector.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertsTest {

  private static final int PARTITION = 1;

  private final ManualClock clock = new ManualClock(T0);
  private final Fleet fleet = new Fleet(clock, Duration.ofHours(24));
  private final Alert firing = alert("a1", "orders leaks");

  @Test
  void firingAlertIsShownHoweverOldItIs() {
    fleet.apply(PARTITION, firing);
    clock.pass(Duration.ofDays(100));

    assertThat(shown()).containsExactly(firing);
  }

  @Test
  void resolvedAlertIsShownForADay() {
    Alert resolved = firing.resolved(T0);
    fleet.apply(PARTITION, firing);
    fleet.apply(PARTITION, resolved);

    clock.pass(Duration.ofHours(24));
    assertThat(shown()).containsExactly(resolved);

    clock.pass(Duration.ofMillis(250));
    assertThat(shown()).isEmpty();
  }

  @Test
  void olderStateOfAnAlertIsStale() {
    Alert resolved = firing.resolved(T0.plusSeconds(60));

    assertThat(fleet.apply(PARTITION, resolved)).isEqualTo(APPLIED);
    assertThat(fleet.apply(PARTITION, firing)).isEqualTo(STALE);
    assertThat(shown()).containsExactly(resolved);
  }

  @Test
  void stateOfTheSameMomentThatComesLaterCounts() {
    Alert resolved = firing.resolved(T0);
    fleet.apply(PARTITION, firing);

    assertThat(fleet.apply(PARTITION, resolved)).isEqualTo(APPLIED);
    assertThat(shown()).containsExactly(resolved);
  }

  @Test
  void firingOnesComeFirst() {
    Alert resolved = alert("a2", "was ill").resolved(T0.plusSeconds(60));
    fleet.apply(PARTITION, resolved);
    fleet.apply(PARTITION, firing);

    assertThat(shown()).containsExactly(firing, resolved);
  }

  @Test
  void deletedAlertIsGone() {
    fleet.apply(PARTITION, firing);
    fleet.removeAlert("a1");

    assertThat(shown()).isEmpty();
  }

  @Test
  void alertsOfAPartitionThatIsNoLongerOursAreGone() {
    fleet.apply(PARTITION, firing);
    fleet.removeAlertsOf(PARTITION);

    assertThat(shown()).isEmpty();
  }

  private List<Alert> shown() {
    fleet.publish();
    return fleet.snapshot().alerts();
  }
}
