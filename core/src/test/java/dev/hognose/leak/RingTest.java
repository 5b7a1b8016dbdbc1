package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RingTest {

  private static final int MEMORY = 6;

  @Test
  void keepsTheLast24Buckets() {
    Ring ring = Ring.EMPTY;
    for (int bucket = 1; bucket <= 30; bucket++) {
      ring = ring.append(new Floor(bucket, bucket * 10, bucket), MEMORY);
    }

    assertThat(ring.size()).isEqualTo(24);
    assertThat(ring.buckets()).startsWith(7, 8).endsWith(29, 30);
    assertThat(ring.resident(0)).isEqualTo(70);
    assertThat(ring.python(23)).isEqualTo(30);
  }

  @Test
  void missingBucketsLeaveHoles() {
    Ring ring = ring(5, 7, 20, 29);

    assertThat(ring.buckets()).containsExactly(7, 20, 29);
    assertThat(ring.resident(0)).isEqualTo(7);
  }

  @Test
  void longGapForgetsEverything() {
    Ring ring = ring(5, 7, 1000);

    assertThat(ring.buckets()).containsExactly(1000);
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "23, 2", "24, 1", "25, 1"})
  void aFloorLeavesTheWindowWith24Buckets(int passed, int size) {
    assertThat(ring(5, 5 + passed).size()).isEqualTo(size);
  }

  /** Of floors in buckets 1000, 1001, 1003 and 1010. */
  @ParameterizedTest
  @CsvSource({
    "999, -1",
    "1000, 0",
    "1001, 1",
    "1002, -1",
    "1003, 2",
    "1010, 3",
    "1011, -1",
    "986, -1",
    "978, -1"
  })
  void eachBucketThatWasSeenHasAPlace(long bucket, int place) {
    assertThat(ring(1000, 1001, 1003, 1010).place(bucket)).isEqualTo(place);
  }

  @Test
  void theOldestOfAFullRingHasAPlaceAndTheOneBeforeItNone() {
    Ring ring = Ring.EMPTY;
    for (int bucket = 1; bucket <= 30; bucket++) {
      ring = ring.append(new Floor(bucket, 0, 0), MEMORY);
    }

    assertThat(ring.place(7)).isZero();
    assertThat(ring.place(6)).isEqualTo(-1);
    assertThat(ring.present()).isEqualTo(Ring.WINDOW);
  }

  /** Twice as wide buckets of which the first half was seen, the second, both or none. */
  @ParameterizedTest
  @CsvSource({"500, true", "501, true", "505, true", "502, false", "499, false", "506, false"})
  void aWiderBucketIsKnownByEitherHalf(long wider, boolean isKnown) {
    assertThat(ring(1000, 1001, 1003, 1010).knows(wider)).isEqualTo(isKnown);
  }

  @ParameterizedTest
  @CsvSource({"10, 5, true", "11, 5, true", "12, 5, false", "9, 5, false"})
  void theOldestFloorIsOfTheWiderBucketToo(int oldest, long wider, boolean isKnown) {
    assertThat(ring(oldest, 20).knows(wider)).isEqualTo(isKnown);
  }

  @Test
  void whatIsKeptIsASeriesOfTheFloorsThatTellIt() {
    Ring ring =
        Ring.EMPTY
            .append(new Floor(1, 254, 0, 127), MEMORY)
            .append(new Floor(2, 254, 0), MEMORY)
            .append(new Floor(4, 508, 0, 254), MEMORY);

    assertThat(ring.kept().isKnown()).isTrue();
    assertThat(ring.keptSeries().size()).isEqualTo(2);
    assertThat(ring.keptSeries().bucket(0)).isEqualTo(1);
    assertThat(ring.keptSeries().floor(0)).isEqualTo(127);
    assertThat(ring.keptSeries().bucket(1)).isEqualTo(4);
    assertThat(ring.keptSeries().floor(1)).isEqualTo(254);
  }

  @Test
  void channelsGiveBackApart() {
    Ring ring =
        Ring.EMPTY.append(new Floor(0, 100, 900), MEMORY).append(new Floor(1, 90, 200), MEMORY);

    assertThat(ring.residentGivenBack()).isEqualTo(10);
    assertThat(ring.pythonGivenBack()).isEqualTo(700);
  }

  @Test
  void fallIsRememberedAndSlowlyForgotten() {
    Ring ring = Ring.EMPTY.append(new Floor(0, 6400, 0), MEMORY);
    ring = ring.append(new Floor(1, 0, 0), MEMORY);
    assertThat(ring.residentGivenBack()).isEqualTo(6400);

    ring = ring.append(new Floor(100, 9000, 0), MEMORY);
    assertThat(ring.residentGivenBack()).isEqualTo(6300);
    assertThat(ring.pythonGivenBack()).isZero();
  }

  @Test
  void appendingLeavesTheRingBeforeAsItWas() {
    Ring before = ring(1, 2);
    before.append(new Floor(3, 0, 0), MEMORY);

    assertThat(before.buckets()).containsExactly(1, 2);
    assertThat(before.residentGivenBack()).isZero();
  }

  private static Ring ring(int... buckets) {
    Ring ring = Ring.EMPTY;
    for (int bucket : buckets) {
      ring = ring.append(new Floor(bucket, bucket, 0), MEMORY);
    }
    return ring;
  }
}
