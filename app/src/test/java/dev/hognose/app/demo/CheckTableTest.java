package dev.hognose.app.demo;

import static dev.hognose.app.demo.Alerts.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckTableTest {

  private static final Frame LINE = new Frame("/shop/sleep.py", 12, "pay");

  private final Check check =
      new Check(
          List.of(
              new PlantedFault(
                  "sleep", "orders", Alert.Kind.LOOP_BLOCK, "sync_sleep", LINE, "twin", "fixed")));

  @Test
  void figuresAreThoseThatWereMeasured() {
    check.block(LINE, T0);
    check.sample("fixed", T0);
    check.sample("fixed", T0.plusMillis(61_250));
    check.alert(Alerts.block("orders", "sync_sleep", LINE), T0.plusMillis(1_340));
    check.alert(Alerts.block("orders", "gc", LINE), T0);

    assertThat(CheckTable.of(check).lines())
        .contains(
            " fault  alert                  fired after  line after  culprit found  planted",
            " sleep  loop_block sync_sleep        1.3 s       1.3 s  as planted     /shop/sleep.py:12 in pay",
            " clean twin  in service  silent for",
            " twin        fixed           61.3 s",
            " Beside the plan: firing  loop_block gc  orders  at /shop/sleep.py:12 in pay");
  }

  @Test
  void whatWasNotMeasuredIsNoFigure() {
    check.alert(Alerts.block("fixed", "sync_sleep", LINE), T0);

    assertThat(CheckTable.of(check).lines())
        .contains(
            " sleep  loop_block sync_sleep            -           -  nothing        /shop/sleep.py:12 in pay",
            " twin        fixed       accused or unheard");
  }
}
