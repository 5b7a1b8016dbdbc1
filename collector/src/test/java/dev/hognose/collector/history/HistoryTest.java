package dev.hognose.collector.history;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.growing;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {

  @Test
  void pointWithNothingBeforeItTellsNoLagAsItTellsNoRates() {
    List<Point> points =
        History.of(
                List.of(
                    growing(PROCESS, 1000, T0, 1000),
                    growing(PROCESS, 1001, T0.plusSeconds(10), 1001)),
                9)
            .points();

    assertThat(points.get(0).lagSeconds()).isEmpty();
    assertThat(points.get(0).cpuCores()).isEmpty();
    assertThat(points.get(1).lagSeconds()).isPresent();
    assertThat(points.get(1).cpuCores()).isPresent();
  }
}
