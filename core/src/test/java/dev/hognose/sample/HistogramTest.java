package dev.hognose.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertThat(after.since(before).sumSeconds()).isEqualTo(1.5);
  }

  @Test
  void counterThatRanBackwardsCountsAsANewStart() {
    Histogram restarted = Histogram.of(new long[] {1}, 0.1);

    assertThat(restarted.since(Histogram.of(new long[] {9}, 0.9))).isEqualTo(restarted);
  }

  @Test
  void thereIsABucketMoreThanBounds() {
    assertThat(Histogram.bounds()).hasSize(15).isSorted().startsWith(0.0001).endsWith(10);
    assertThat(Histogram.buckets()).isEqualTo(16);

    Histogram.bounds()[0] = 7;
    assertThat(Histogram.bounds()).startsWith(0.0001);
  }

  @ParameterizedTest
  @CsvSource({"'', 0", "0 0, 0", "1, 1", "1 0 2, 3", "0 3 0 0, 2"})
  void bucketsAreUsedUpToTheLastThatCounted(String counts, int used) {
    long[] each =
        Arrays.stream(counts.split(" "))
            .filter(Predicate.not(String::isEmpty))
            .mapToLong(Long::parseLong)
            .toArray();

    assertThat(Histogram.of(each, 0).usedBuckets()).isEqualTo(used);
  }

  @Test
  void allBucketsMayBeUsed() {
    long[] counts = new long[Histogram.buckets()];
    counts[counts.length - 1] = 1;

    assertThat(Histogram.of(counts, 20).usedBuckets()).isEqualTo(16);
    assertThat(Histogram.EMPTY.usedBuckets()).isZero();
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
