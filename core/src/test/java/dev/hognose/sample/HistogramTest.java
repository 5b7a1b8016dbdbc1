package dev.hognose.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HistogramTest {

  @Test
  void trailingZerosMayBeLeftOut() {
    assertThat(Histogram.of(new long[] {1, 2}, 0.001))
        .isEqualTo(Histogram.of(new long[] {1, 2, 0, 0}, 0.001));
    assertThat(Histogram.EMPTY).isEqualTo(Histogram.of(new long[0], 0));
  }

  @Test
  void quantileIsTheBoundThatTheShareDoesNotExceed() {
    Histogram lag = Histogram.of(new long[] {90, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 20);

    assertThat(lag.count()).isEqualTo(100);
    assertThat(lag.quantileBound(0.5)).isEqualTo(0.0001);
    assertThat(lag.quantileBound(0.99)).isEqualTo(0.0005);
    assertThat(lag.quantileBound(1)).isInfinite();
    assertThat(Histogram.EMPTY.quantileBound(0.99)).isZero();
  }

  @Test
  void differenceIsWhatCameLater() {
    Histogram before = Histogram.of(new long[] {1, 2}, 0.5);
    Histogram after = Histogram.of(new long[] {4, 2, 1}, 2);

    assertThat(after.since(before)).isEqualTo(Histogram.of(new long[] {3, 0, 1}, 1.5));
  }

  @Test
  void counterThatRanBackwardsCountsAsANewStart() {
    Histogram restarted = Histogram.of(new long[] {1}, 0.1);

    assertThat(restarted.since(Histogram.of(new long[] {9}, 0.9))).isEqualTo(restarted);
  }

  @Test
  void refusesWhatWasNeverCounted() {
    assertThatThrownBy(() -> Histogram.of(new long[17], 0))
        .hasMessage("histogram of 17 buckets: expected at most 16");
    assertThatThrownBy(() -> Histogram.of(new long[] {-1}, 0))
        .hasMessage("histogram count=-1: expected none or more");
    assertThatThrownBy(() -> Histogram.of(new long[] {1}, Double.NaN))
        .hasMessage("histogram sum=NaN: expected seconds, none or more");
  }

  @Test
  void countsAndSumTellHistogramsApart() {
    Histogram lag = Histogram.of(new long[] {1, 2}, 0.5);

    assertThat(lag)
        .isNotEqualTo(Histogram.of(new long[] {2, 1}, 0.5))
        .isNotEqualTo(Histogram.of(new long[] {1, 2}, 0.6))
        .hasSameHashCodeAs(Histogram.of(new long[] {1, 2, 0}, 0.5))
        .doesNotHaveSameHashCodeAs(Histogram.of(new long[] {2, 1}, 0.5))
        .hasToString(
            "Histogram[counts=[1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], sumSeconds=0.5]");
  }

  @Test
  void aSumKnownMoreExactlyLeavesTheCounts() {
    assertThat(Histogram.of(new long[] {1, 2}, 3).withSum(Duration.ofMillis(2_750)))
        .isEqualTo(Histogram.of(new long[] {1, 2}, 2.75));
  }

  @Test
  void aCountTooLargeForItsTypeStaysTheLargestThereIs() {
    Histogram full = Histogram.of(new long[] {Long.MAX_VALUE, 3}, 1);

    assertThat(full.plus(Histogram.of(new long[] {2, 4}, 0.5)))
        .isEqualTo(Histogram.of(new long[] {Long.MAX_VALUE, 7}, 1.5));
  }
}
