package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Evidence;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Bytes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tracing windows nobody has read. */
class TracingBudgetTest {

  /** Sites of a tracing window, whether it was cut, and how long it was read. */
  @ParameterizedTest
  @CsvSource({"0, true, 0, true", "1, true, 0, false", "0, false, 0, false", "0, true, 1, false"})
  void aTracingWindowIsThrownAwayWhenNothingOfItWasRead(
      int sites, boolean isCut, long pauseMs, boolean isTold) {
    List<AllocationGrowth.Site> all =
        List.of(new AllocationGrowth.Site(List.of(), new Bytes(1), 1)).subList(0, sites);
    AllocationGrowth growth =
        new AllocationGrowth(
            Duration.ofSeconds(2), Duration.ofMillis(120), Duration.ofMillis(pauseMs), all, isCut);

    List<Sign> signs = new TracingBudget().signs(Shop.event(Shop.process(1), 3, growth));

    assertThat(signs.isEmpty()).isEqualTo(!isTold);
    assertThat(signs)
        .allSatisfy(
            sign -> {
              assertThat(sign.phrase()).endsWith("would have paused the process for 120 ms");
              assertThat(sign.evidence())
                  .startsWith(new Evidence("predicted_pause", 0.12, "seconds"));
            });
  }
}
