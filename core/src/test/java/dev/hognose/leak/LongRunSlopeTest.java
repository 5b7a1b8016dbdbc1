package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hognose.series.Series;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LongRunSlopeTest {

  private static double straight(int bucket) {
    return 100 + 2.0 * bucket;
  }

  /** Four a bucket in the first half, two in the second: three on the whole. */
  private static double slowing(int bucket) {
    return bucket < 12 ? 4.0 * bucket : 24 + 2.0 * bucket;
  }

  @Test
  void floorsOfLessThanADayLeaveAQuarterOpen() {
    assertInterval(LongRunSlope.of(floors(LongRunSlopeTest::straight), 23.9), 1.5, 2.5);
  }

  @Test
  void straightFloorsOfADayLeaveNothingOpen() {
    assertInterval(LongRunSlope.of(floors(LongRunSlopeTest::straight), 24), 2, 2);
  }

  @Test
  void twoHalvesStandForMoreThanTheirOwnDistance() {
    LongRunSlope slope = LongRunSlope.of(floors(LongRunSlopeTest::slowing), 48);

    assertThat(slope.low()).isLessThan(2 - 0.5);
    assertThat(slope.high()).isGreaterThan(4 + 0.5);
  }

  @Test
  void fallingFloorsLieBetweenTheirBounds() {
    assertInterval(LongRunSlope.of(floors(bucket -> 100 - 2.0 * bucket), 12), -2.5, -1.5);
  }

  private static void assertInterval(LongRunSlope slope, double low, double high) {
    assertThat(slope.low()).isCloseTo(low, within(1e-9));
    assertThat(slope.high()).isCloseTo(high, within(1e-9));
  }

  private static Series floors(IntToDoubleFunction floor) {
    return new Series(
        IntStream.range(0, Ring.SIZE).asDoubleStream().toArray(),
        IntStream.range(0, Ring.SIZE).mapToDouble(floor).toArray());
  }
}
