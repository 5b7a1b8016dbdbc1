package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.leak.ServiceWord.Sharing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a trend is told with what its service says. */
class TrendTest {

  private static final Trend GROWS = trend(new LeakVerdict.Suspect(Lived.GROWTH));
  private static final Trend STEADY = trend(new LeakVerdict.Steady());

  /** Processes that rise and the version that it began with, and what is told of both. */
  @ParameterizedTest
  @CsvSource({"3, 1.3, 3, 1.3", "0, 1.3, 1, 1.3", "2, '', 2, 1.4", "1, '', 1, 1.4"})
  void growthIsSharedAndBeganWithAVersion(int rising, String began, int sharing, String version) {
    Sharing all = new Sharing(rising, 5, began, false);

    assertThat(GROWS.shared(all).peersSharing()).isEqualTo(sharing);
    assertThat(GROWS.shared(all).version()).isEqualTo(version);
    assertThat(STEADY.shared(all)).as("what does not grow").isEqualTo(STEADY);
  }

  @Test
  void whatIsHeldBackSaysWhy() {
    assertThat(GROWS.heldBack("")).isSameAs(GROWS);
    assertThat(GROWS.heldBack("too few lives").reason()).isEqualTo("too few lives");
    assertThat(GROWS.heldBack("too few lives").heldBack(GROWS.reason()).slope())
        .isEqualTo(Lived.GROWTH.slope());
  }

  private static Trend trend(LeakVerdict verdict) {
    return verdict.asTrend(Shop.PROCESS, Shop.T0, "1.4");
  }
}
