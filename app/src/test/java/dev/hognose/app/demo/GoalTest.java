package dev.hognose.app.demo;

import static dev.hognose.app.demo.Alerts.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Frame;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoalTest {

  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Duration BEFORE = Duration.ofSeconds(239);
  private static final Frame LINE = new Frame("/shop/sleep.py", 12, "pay");

  private final Check check =
      new Check(
          List.of(
              new PlantedFault(
                  "sleep", "orders", Alert.Kind.LOOP_BLOCK, "sync_sleep", LINE, "twin", "fixed")));

  @Test
  void checkGoesOnWhileSomethingIsMissing() {
    assertThat(Goal.passedWithin(LIMIT).reached(check, BEFORE, BEFORE)).isEmpty();
  }

  @Test
  void checkPassesAsSoonAsAllIsFound() {
    check.sample("fixed", T0);
    check.alert(Alerts.block("orders", "sync_sleep", LINE), T0);

    assertThat(Goal.passedWithin(LIMIT).reached(check, Duration.ZERO, Duration.ZERO)).hasValue(0);
  }

  @Test
  void checkFailsWhenItsTimeIsOver() {
    assertThat(Goal.passedWithin(LIMIT).reached(check, LIMIT, BEFORE)).hasValue(1);
  }

  @Test
  void checkFailsAtOnceWhenATwinIsAccused() {
    check.alert(Alerts.block("fixed", "sync_sleep", LINE), T0);

    assertThat(Goal.passedWithin(LIMIT).reached(check, Duration.ZERO, Duration.ZERO)).hasValue(1);
  }

  @Test
  void checkThatStaysGoesOnOnceAllIsFoundAndFailsWhereTheOtherDoes() {
    Goal stays = Goal.notMissedWithin(LIMIT);
    assertThat(stays.reached(check, BEFORE, BEFORE)).isEmpty();
    assertThat(stays.reached(check, LIMIT, BEFORE)).hasValue(1);

    check.sample("fixed", T0);
    check.alert(Alerts.block("orders", "sync_sleep", LINE), T0);
    assertThat(stays.reached(check, LIMIT, LIMIT)).isEmpty();

    check.alert(Alerts.block("fixed", "sync_sleep", LINE), T0);
    assertThat(stays.reached(check, BEFORE, BEFORE)).hasValue(1);
  }

  @Test
  void secondsCountFromTheFirstRequest() {
    assertThat(Goal.after(LIMIT).reached(check, LIMIT, BEFORE)).isEmpty();
    assertThat(Goal.after(LIMIT).reached(check, LIMIT, LIMIT)).hasValue(0);
  }

  @Test
  void withoutAGoalSomebodyElseEndsIt() {
    assertThat(Goal.none().reached(check, LIMIT, LIMIT)).isEmpty();
  }
}
