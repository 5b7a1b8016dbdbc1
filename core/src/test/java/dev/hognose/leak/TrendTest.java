package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.leak.ServiceWord.Sharing;
import dev.hognose.sample.GrowthRate;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How a trend is told with what its service says. */
class TrendTest {

  private static final GrowthRate SLOPE = new GrowthRate(1e6);
  private static final Growth GROWTH =
      new Growth(
          Trend.Where.NATIVE,
          SLOPE,
          new Trend.SlopeInterval(SLOPE, SLOPE),
          Shop.T0,
          OptionalDouble.empty(),
          0.8);

  private static final Trend GROWS = trend(new LeakVerdict.Suspect(GROWTH));
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
    assertThat(GROWS.heldBack("too few lives").heldBack(GROWS.reason()).slope()).isEqualTo(SLOPE);
  }

  @ParameterizedTest
  @EnumSource(Trend.Where.class)
  void everyPlaceHasItsWords(Trend.Where where) {
    assertThat(where.words()).matches("[a-z][a-z, ]+");
  }

  private static Trend trend(LeakVerdict verdict) {
    return verdict.asTrend(Shop.PROCESS, Shop.T0, "1.4");
  }
}
