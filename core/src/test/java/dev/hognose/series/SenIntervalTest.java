package dev.hognose.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenIntervalTest {

  private static final int TRIES = 2_000;

  @Test
  void lineHasNoDoubt() {
    SenInterval interval = SenInterval.of(noisy(new Random(1), 24, 0, 0));

    assertThat(interval.low()).isEqualTo(2);
    assertThat(interval.high()).isEqualTo(2);
  }

  /** Noise of first-order autocorrelation; the least share of intervals that hold the slope. */
  @ParameterizedTest
  @CsvSource({"24, 0.0, 0.93", "12, 0.0, 0.93", "24, 0.3, 0.90", "24, 0.6, 0.80"})
  void intervalHoldsTheSlope(int floors, double correlation, double least) {
    Random random = new Random(7);
    int held = 0;
    for (int i = 0; i < TRIES; i++) {
      SenInterval interval = SenInterval.of(noisy(random, floors, correlation, 1));
      held += interval.low() <= 2 && 2 <= interval.high() ? 1 : 0;
    }

    assertThat((double) held / TRIES).isBetween(least, 0.999);
  }

  /** Figures of an implementation apart, in Python; neighbours are alike in the last two. */
  @ParameterizedTest
  @CsvSource({
    "3 4 5 6 7 8, 10 13 11 16 13 19, 0, 5",
    "2 3 5 8 9 11 14 15, 7 9 8 13 11 15 14 19, 0.454545454545, 1.166666666667",
    "1 2 4 5 6 8 9 10, 30 33 31 40 37 38 46 43, 0.6, 3",
    "0 1 2 3 4 5 6 7 8 9 10 11, 1 2 2 6 7 5 6 8 9 11 10 12, 0.75, 1.2",
    "0 1 2 3 4 5 6 7 8 9 10 11, 0 5 8 10 11 12 12 11 12 14 18 22, 0.25, 3.333333333333",
  })
  void boundsAreOrderStatisticsOfTheSlopes(String buckets, String floors, double low, double high) {
    SenInterval interval = SenInterval.of(new Series(numbers(buckets), numbers(floors)));

    assertThat(interval.low()).isCloseTo(low, within(1e-9));
    assertThat(interval.high()).isCloseTo(high, within(1e-9));
  }

  private static double[] numbers(String written) {
    return Arrays.stream(written.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static Series noisy(Random random, int floors, double correlation, double noise) {
    double[] y = new double[floors];
    double off = 0;
    for (int i = 0; i < floors; i++) {
      off = correlation * off + noise * random.nextGaussian();
      y[i] = 2 * i + off;
    }
    return new Series(IntStream.range(0, floors).asDoubleStream().toArray(), y);
  }
}
