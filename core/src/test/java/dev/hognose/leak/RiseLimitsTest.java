package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.series.Series;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each limit of a rise alone, met and missed, where all others let everything pass. */
class RiseLimitsTest {

  private static final int FLOORS = 24;
  private static final double MIB = 1024;

  /** A full ring spans half a day. */
  private static final double LONG = 32 / 60.0;

  /** Straight floors from 10,000 KiB on that rise by 100 each. */
  @ParameterizedTest
  @CsvSource({
    "least_kib, 2300, true",
    "least_kib, 2301, false",
    "least_share, 0.23, true",
    "least_share, 0.2301, false",
    "over_give_back, 2, true",
    "over_give_back, 2.01, false",
    "second_half, 1, true",
    "second_half, 1.01, false",
    "last_quarter, 1, true",
    "last_quarter, 1.01, false",
    "least_increments, 23, true",
    "least_increments, 23.01, false"
  })
  void straightFloorsMeetEachLimitExactly(String limit, double value, boolean rises) {
    assertThat(rises(limits(limit, value), i -> 10_000 + 100.0 * i, 1_150)).isEqualTo(rises);
  }

  /** As straight, and 50 KiB above and below in turn. */
  @ParameterizedTest
  @CsvSource({"40, true", "50, false"})
  void growthMustBeManyTimesTheNoise(double overNoise, boolean rises) {
    IntToDoubleFunction noisy = i -> 10_000 + 100.0 * i + (i % 2 == 0 ? 50 : -50);

    assertThat(rises(limits("over_noise", overNoise), noisy, 0)).isEqualTo(rises);
  }

  /** Kendall's tau of floors of which all pairs, and all but one in 276, go up. */
  @ParameterizedTest
  @CsvSource({"0, 1, true", "0, 1.001, false", "150, 0.99, true", "150, 0.995, false"})
  void floorsMustRiseMostlyUpwards(double fall, double leastTau, boolean rises) {
    Channel floors = channel(i -> 10_000 + 100.0 * i - (i == 12 ? fall : 0));

    assertThat(new RiseDetector(limits("", 0)).rise(floors, leastTau, 0, 4 / 60.0).isPresent())
        .isEqualTo(rises);
  }

  /** The last quarter rises by three quarters of an even share. */
  @ParameterizedTest
  @CsvSource({"0.74, true", "0.76, false"})
  void lastQuarterMustStillRise(double limit, boolean rises) {
    IntToDoubleFunction flattening =
        i -> 10_000 + 100.0 * Math.min(i, 18) + 20.0 * Math.max(0, i - 18);

    assertThat(rises(limits("last_quarter", limit), flattening, 0)).isEqualTo(rises);
  }

  /** Hours of a day's steepest part: the longer the piece, the less it is a line. */
  @ParameterizedTest
  @CsvSource({"4.5, true", "8, false", "12, false"})
  void pieceOfADayIsALineWhileItIsShort(double hours, boolean rises) {
    double perBucket = hours / FLOORS;
    IntToDoubleFunction day =
        i -> 100 * MIB + 20 * MIB * Math.sin(2 * Math.PI * (i - 11.5) * perBucket / 24);

    assertThat(detected(TrendLimits.FOUND, day, 0, perBucket)).isEqualTo(rises);
  }

  /** Floors that miss both a line and a day's wave rise all the same. */
  @Test
  void noiseThatNoDayExplainsIsNoDay() {
    Random random = new Random(1);

    assertThat(
            detected(
                TrendLimits.FOUND,
                i -> 100 * MIB + i * MIB + 2 * MIB * random.nextDouble(),
                0,
                LONG))
        .isTrue();
  }

  @Test
  void whatWasBeforeAStepIsNoIncrement() {
    IntToDoubleFunction steps = i -> 10_000 + Math.floor(i / 8.0) * 1_000 + i;

    assertThat(rises(limits("least_increments", 2), steps, 0)).isTrue();
    assertThat(rises(limits("least_increments", 3), steps, 0)).isFalse();
  }

  /** Without any limit but the one that is named. */
  private static TrendLimits limits(String name, double value) {
    return new TrendLimits(
        0.7,
        0.7,
        name.equals("least_kib") ? (int) value : 0,
        name.equals("least_share") ? value : 0,
        name.equals("over_noise") ? value : 0,
        name.equals("second_half") ? value : 0,
        name.equals("last_quarter") ? value : 0,
        name.equals("least_increments") ? value : 0,
        name.equals("over_give_back") ? value : 0,
        6,
        0,
        0);
  }

  private static boolean rises(TrendLimits limits, IntToDoubleFunction floor, int givenBack) {
    return detected(limits, floor, givenBack, 4 / 60.0);
  }

  private static boolean detected(
      TrendLimits limits, IntToDoubleFunction floor, int givenBack, double hoursPerBucket) {
    return new RiseDetector(limits)
        .rise(channel(floor), 0.7, givenBack, hoursPerBucket)
        .isPresent();
  }

  private static Channel channel(IntToDoubleFunction floor) {
    double[] buckets = IntStream.range(0, FLOORS).mapToDouble(i -> i).toArray();
    double[] floors = IntStream.range(0, FLOORS).mapToDouble(floor).toArray();
    return new Channel(new Series(buckets, floors), FLOORS);
  }
}
