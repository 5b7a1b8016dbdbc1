package dev.hognose.series;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeriesTest {

  private static final Series FLOORS =
      new Series(new double[] {2, 3, 5, 9}, new double[] {40, 10, 30, 20});

  @Test
  void endsAndSpanAreThoseOfTheBuckets() {
    assertThat(FLOORS.first()).isEqualTo(40);
    assertThat(FLOORS.last()).isEqualTo(20);
    assertThat(FLOORS.span()).isEqualTo(7);
  }

  @Test
  void aSliceKeepsItsBuckets() {
    Series slice = FLOORS.slice(1, 3);

    assertThat(slice.size()).isEqualTo(2);
    assertThat(slice.bucket(0)).isEqualTo(3);
    assertThat(slice.floor(1)).isEqualTo(30);
  }

  @Test
  void theMedianOfAPartLeavesTheOrderAlone() {
    assertThat(FLOORS.median(0, 3)).isEqualTo(30);
    assertThat(FLOORS.median(0, 4)).isEqualTo(25);
    assertThat(FLOORS.first()).isEqualTo(40);
  }
}
