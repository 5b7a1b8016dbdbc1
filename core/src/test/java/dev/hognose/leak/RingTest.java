package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
