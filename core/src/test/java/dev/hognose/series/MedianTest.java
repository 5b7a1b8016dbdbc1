package dev.hognose.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class MedianTest {

  @Property
  void isWhatSortingFinds(
      @ForAll @Size(min = 1, max = 300) @DoubleRange(min = -9, max = 9) double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double expected =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) * 0.5;

    assertThat(Median.of(values)).isEqualTo(expected);
  }
}
