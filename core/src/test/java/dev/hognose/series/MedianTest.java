package dev.hognose.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MedianTest {

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  /** Every other time of whole numbers, of which many are the same. */
  @ParameterizedTest
  @MethodSource("seeds")
  void isWhatSortingFinds(long seed) {
    Random random = new Random(seed);
    double[] values =
        random
            .doubles(1 + random.nextInt(300), -9, 9)
            .map(value -> seed % 2 == 0 ? value : Math.rint(value))
            .toArray();
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double expected =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) * 0.5;

    assertThat(Median.of(values)).isEqualTo(expected);
  }
}
