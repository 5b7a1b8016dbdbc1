package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hognose.series.Series;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongRunSlopeTest {

  private static double straight(int bucket) {
    return 100 + 2.0 * bucket;
  }

  /** Four a bucket in the first half, two in the second: three on the whole. */
  private static double slowing(int bucket) {
    return bucket < 12 ? 4.0 * bucket : 24 + 2.0 * bucket;
  }

  /** Upwards a quarter; downwards what noon has more than a day whose nights are still. */
  @ParameterizedTest
  @CsvSource({"1, 1.00143, 2.5", "6, 1.05246, 2.5", "12, 1.22204, 2.5", "20, 1.5, 2.5"})
  void floorsOfLessThanADayLeaveOpenWhatTheyHaveNotSeen(double hours, double low, double high) {
    assertInterval(
        LongRunSlope.of(new Channel(floors(LongRunSlopeTest::straight), hours)), low, high, 1e-5);
  }

  @Test
  void straightFloorsOfADayLeaveNothingOpen() {
    assertInterval(LongRunSlope.of(new Channel(floors(LongRunSlopeTest::straight), 24)), 2, 2);
  }

  @Test
  void twoHalvesStandForMoreThanTheirOwnDistance() {
    LongRunSlope slope = LongRunSlope.of(new Channel(floors(LongRunSlopeTest::slowing), 48));

    assertThat(slope.low()).isLessThan(2 - 0.5);
    assertThat(slope.high()).isGreaterThan(4 + 0.5);
  }

  @Test
  void fallingFloorsLieBetweenTheirBounds() {
    assertInterval(
        LongRunSlope.of(new Channel(floors(bucket -> 100 - 2.0 * bucket), 12)), -2.5, -1.5);
  }

  /** Growth of two a bucket in the mean of a day, as its traffic: none at midnight. */
  @ParameterizedTest
  @CsvSource({"8", "12", "16", "20", "23"})
  void aDayThatBendsTheFloorsIsHeld(double hours) {
    double frequency = 2 * Math.PI * hours / 24 / Ring.SIZE;
    int held = 0;
    for (int clock = 0; clock < 24; clock++) {
      double start = clock * Math.PI / 12;
      Random random = new Random(clock);
      LongRunSlope slope =
          LongRunSlope.of(
              new Channel(
                  floors(
                      bucket ->
                          2.0 * bucket
                              - 2 / frequency * Math.sin(start + frequency * bucket)
                              + 0.01 * random.nextGaussian()),
                  hours));
      held += slope.low() <= 2 && 2 <= slope.high() ? 1 : 0;
    }

    assertThat(held).as("of the 24 hours at which it may begin").isGreaterThanOrEqualTo(23);
  }

  /** Of three hours of it the floors bend too little to say of what day they are. */
  @Test
  void aBendThatMayBeNoiseWidensNothing() {
    Random random = new Random(5);
    LongRunSlope slope =
        LongRunSlope.of(
            new Channel(floors(bucket -> 100 * bucket + 20 * random.nextGaussian()), 3));

    assertThat(slope.high()).isBetween(120.0, 130.0);
    assertThat(slope.low()).isBetween(45.0, 55.0);
  }

  private static void assertInterval(LongRunSlope slope, double low, double high) {
    assertInterval(slope, low, high, 1e-9);
  }

  private static void assertInterval(LongRunSlope slope, double low, double high, double off) {
    assertThat(slope.low()).isCloseTo(low, within(off));
    assertThat(slope.high()).isCloseTo(high, within(off));
  }

  private static Series floors(IntToDoubleFunction floor) {
    return new Series(
        IntStream.range(0, Ring.SIZE).asDoubleStream().toArray(),
        IntStream.range(0, Ring.SIZE).mapToDouble(floor).toArray());
  }
}
