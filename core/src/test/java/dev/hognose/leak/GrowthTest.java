package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.sample.GrowthRate;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When growth reaches the limit, as it is seen later or under another one. */
class GrowthTest {

  private static final double MIB = 1 << 20;
  private static final long GIB_IN_KIB = 1 << 20;

  /** Mebibytes an hour, limit and resident memory in KiB, and the hours that are left. */
  @ParameterizedTest
  @CsvSource({
    "NATIVE, 16, 1048576, 524288, 32",
    "PYTHON, 16, 1048576, 524288, 32",
    "FRAGMENTATION, 512, 1048576, 524288, 1",
    "NATIVE, 16, 524288, 1048576, -32",
    "NATIVE, 16, 1, 1, 0",
    "PYTHON_HIDDEN, 16, 1048576, 524288,",
    "NATIVE, 16, 0, 524288,",
    "NATIVE, 0, 1048576, 524288,",
    "NATIVE, -1, 1048576, 524288,"
  })
  void hoursToALimitAreThoseOfResidentMemoryThatGrows(
      Trend.Where where, double slope, long limitKib, long residentKib, Double hours) {
    Growth growth = growth(where, slope, slope, slope, OptionalDouble.of(7));

    assertThat(growth.within(limitKib, residentKib).hoursToLimit())
        .isEqualTo(hours == null ? OptionalDouble.empty() : OptionalDouble.of(hours));
  }

  /** Bounds of a slope of 16 MiB an hour that needs 6 hours. */
  @ParameterizedTest
  @CsvSource({"8, 32, 12, 3", "16, 16, 6, 6", "0, 32,, 3", "-1, 32,, 3", "-8, -1,,"})
  void boundsOfTheSlopeAreThoseOfTheHours(double low, double high, Double most, Double least) {
    Growth growth = growth(Trend.Where.NATIVE, 16, low, high, OptionalDouble.of(6));

    assertThat(growth.mostHoursToLimit())
        .isEqualTo(most == null ? OptionalDouble.empty() : OptionalDouble.of(most));
    assertThat(growth.leastHoursToLimit())
        .isEqualTo(least == null ? OptionalDouble.empty() : OptionalDouble.of(least));
  }

  @Test
  void withoutALimitThereAreNoHours() {
    Growth growth = growth(Trend.Where.NATIVE, 16, 8, 32, OptionalDouble.empty());

    assertThat(growth.mostHoursToLimit()).isEmpty();
    assertThat(growth.leastHoursToLimit()).isEmpty();
    assertThat(growth.within(GIB_IN_KIB, 0).hoursToLimit()).hasValue(64);
  }

  @Test
  void earlierBeginningLeavesTheOtherFigures() {
    Growth growth = growth(Trend.Where.NATIVE, 16, 8, 32, OptionalDouble.of(6));

    Growth earlier = growth.since(Instant.EPOCH);

    assertThat(earlier.since()).isEqualTo(Instant.EPOCH);
    assertThat(earlier.since(growth.since())).isEqualTo(growth);
  }

  private static Growth growth(
      Trend.Where where, double slope, double low, double high, OptionalDouble hoursToLimit) {
    return new Growth(
        where,
        new GrowthRate(slope * MIB),
        new Trend.SlopeInterval(new GrowthRate(low * MIB), new GrowthRate(high * MIB)),
        Instant.parse("2026-03-01T02:00:00Z"),
        hoursToLimit,
        0.8);
  }
}
