package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hognose.series.Series;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RiseDetectorTest {

  private static final double TAU = 0.7;

  /** A full ring spans an hour and a half: no day is looked for. */
  private static final double SHORT = 4 / 60.0;

  /** A full ring spans half a day. */
  private static final double LONG = 32 / 60.0;

  private static final int MIB = 1024;
  private static final int FLOORS = 24;

  private final RiseDetector detector = new RiseDetector(TrendLimits.FOUND);

  @Test
  void straightRiseIsFound() {
    Rise rise = rise(i -> 100 * MIB + i * MIB, 0).orElseThrow();

    assertThat(rise.slope()).isCloseTo(MIB, within(1e-9));
    assertThat(rise.growth()).isCloseTo(23 * MIB, within(1e-9));
    assertThat(rise.tau()).isEqualTo(1);
  }

  @Test
  void riseUnderNoiseIsFound() {
    Random random = new Random(1);

    assertThat(rise(i -> 100 * MIB + i * MIB + random.nextInt(2 * MIB), 0)).isPresent();
  }

  static List<Arguments> otherShapes() {
    Random random = new Random(1);
    return List.of(
        shape("flat", i -> 100 * MIB),
        shape("falling", i -> 100 * MIB - i * MIB),
        shape("noise", i -> 100 * MIB + random.nextInt(30 * MIB)),
        shape("less than 3 MiB", i -> 100 * MIB + i * 0.12 * MIB),
        shape("less than 1.2 % of the first floor", i -> 2000 * MIB + i * MIB),
        shape(
            "flattening",
            i -> 100 * MIB + Math.min(i, 11) * 3.0 * MIB + Math.max(0, i - 11) * 1.2 * MIB),
        shape("plateau in the second half", i -> 100 * MIB + Math.min(i, 11) * 2.0 * MIB),
        shape("plateau at the end", i -> 100 * MIB + Math.min(i, 17) * 2.0 * MIB),
        shape("one step", i -> 100 * MIB + (i < 12 ? 0 : 20 * MIB) + i),
        shape("three steps", i -> 100 * MIB + Math.floor(i / 6.0) * 8 * MIB + i));
  }

  private static Arguments shape(String name, IntToDoubleFunction floor) {
    return Arguments.of(name, floor);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("otherShapes")
  void whatIsNoLeakDoesNotRise(String name, IntToDoubleFunction floor) {
    assertThat(rise(floor, 0)).as(name).isEmpty();
  }

  @Test
  void growthMustBeTwiceWhatWasGivenBack() {
    IntToDoubleFunction growth = i -> 100 * MIB + i * MIB;

    assertThat(rise(growth, 11 * MIB)).isPresent();
    assertThat(rise(growth, 12 * MIB)).isEmpty();
  }

  @Test
  void dayIsNoLeakWhereItCanBeSeen() {
    IntToDoubleFunction day = i -> 100 * MIB - 20 * MIB * Math.cos(2 * Math.PI * i * LONG / 24);

    assertThat(rise(day, 0, LONG)).isEmpty();
    assertThat(rise(day, 0, SHORT)).isPresent();
  }

  @Test
  void straightRiseIsNoDay() {
    assertThat(rise(i -> 100 * MIB + i * MIB, 0, LONG)).isPresent();
  }

  private Optional<Rise> rise(IntToDoubleFunction floor, int givenBack) {
    return rise(floor, givenBack, SHORT);
  }

  private Optional<Rise> rise(IntToDoubleFunction floor, int givenBack, double hoursPerBucket) {
    double[] buckets = IntStream.range(0, FLOORS).mapToDouble(i -> 14_666_000 + i).toArray();
    double[] floors = IntStream.range(0, FLOORS).mapToDouble(floor).toArray();
    Channel channel = new Channel(new Series(buckets, floors), FLOORS * hoursPerBucket);
    return detector.rise(channel, TAU, givenBack, hoursPerBucket);
  }
}
