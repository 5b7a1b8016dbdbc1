package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.sample.GrowthRate;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When growth is a leak, growth by growth: policy, where, hours, share, evenness. */
class LeakThresholdsTest {

  private static final long LIMIT_KIB = 1 << 20;
  private static final double FIRST_KIB = 100 << 10;

  @ParameterizedTest
  @CsvSource({
    "pager, PYTHON, 6.0, 0.27, 1.0, true",
    "pager, PYTHON, 6.0, 0.25, 1.0, false",
    "pager, PYTHON, 3.0, 0.53, 1.0, true",
    "pager, PYTHON, 3.0, 0.51, 1.0, false",
    "pager, PYTHON, 1.0, 0.68, 1.0, true",
    "pager, PYTHON, 1.0, 0.67, 1.0, false",
    "pager, PYTHON, 11.5, 0.02, 1.0, true",
    "pager, PYTHON, 11.4, 0.02, 1.0, false",
    "pager, PYTHON_HIDDEN, 20.0, 0.009, 1.0, false",
    "pager, NATIVE, 12.0, 0.13, 1.0, true",
    "pager, NATIVE, 12.0, 0.11, 1.0, false",
    "pager, NATIVE, 6.0, 0.29, 1.0, false",
    "balanced, PYTHON, 6.0, 0.26, 1.0, true",
    "balanced, PYTHON, 9.0, 0.00, 3.0, true",
  })
  void shareAndHoursDecide(
      String policy, Trend.Where where, double hours, double share, double even, boolean leak) {
    assertThat(isLeak(policy, where, hours, share, even)).isEqualTo(leak);
  }

  @ParameterizedTest
  @CsvSource({
    "12.0, 0.02, 1.0, true",
    "12.0, 0.02, 2.0, false", // as much as 9 hours of its second half
    "15.0, 0.02, 2.0, false",
    "15.4, 0.02, 2.0, true",
    "22.0, 0.02, 99.0, false", // all of it in its second half
    "24.0, 0.02, 99.0, true",
    "12.0, 0.09, 0.7, false", // slows, as a cache that fills
    "12.0, 0.11, 0.7, true",
    "7.5, 0.27, 2.0, false", // as much as 5.6 hours
    "8.1, 0.27, 2.0, true",
  })
  void hoursAreThoseAtTheLatestPace(double hours, double share, double even, boolean leak) {
    assertThat(isLeak("pager", Trend.Where.PYTHON, hours, share, even)).isEqualTo(leak);
  }

  @ParameterizedTest
  @CsvSource({
    "pager, 30.0, 0.20, 0.81, true",
    "pager, 30.0, 0.20, 0.79, false", // has slowed over its life
    "pager, 30.0, 0.27, 0.79, true", // but has eaten its share
    "balanced, 30.0, 0.20, 0.10, true", // the reference asks no life
  })
  void hoursSayNothingOfWhatHasSlowedOverItsLife(
      String policy, double hours, double share, double lasting, boolean leak) {
    assertThat(isLeak(policy, growth(Trend.Where.PYTHON, hours, share, 1).lasting(lasting)))
        .isEqualTo(leak);
  }

  private static boolean isLeak(
      String name, Trend.Where where, double hours, double share, double even) {
    return isLeak(name, growth(where, hours, share, even));
  }

  private static boolean isLeak(String name, Candidate growth) {
    LeakPolicy policy = LeakPresets.named(name);
    return growth.passes(policy, policy.thresholds(), 0);
  }

  private static Candidate growth(Trend.Where where, double hours, double share, double even) {
    GrowthRate slope = new GrowthRate(1e6);
    return new Candidate(
        where,
        hours,
        share * (LIMIT_KIB - FIRST_KIB),
        FIRST_KIB,
        LIMIT_KIB,
        1,
        even,
        1,
        slope,
        new Trend.SlopeInterval(slope, slope),
        Instant.EPOCH,
        OptionalDouble.empty());
  }
}
