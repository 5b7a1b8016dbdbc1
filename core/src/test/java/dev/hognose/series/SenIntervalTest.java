package dev.hognose.series;

import static org.assertj.core.api.Assertions.assertThat;

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
