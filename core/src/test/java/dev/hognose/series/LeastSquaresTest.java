package dev.hognose.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeastSquaresTest {

  private static final double DAY = 2 * Math.PI / 24;

  @Test
  void lineFitsALineExactly() {
    assertThat(LeastSquares.lineError(series(x -> 7 + 3 * x))).isCloseTo(0, within(1e-9));
  }

  @Test
  void lineErrorIsTheSquaresThatAreLeft() {
    Series corner = new Series(new double[] {0, 1, 2}, new double[] {0, 1, 0});

    assertThat(LeastSquares.lineError(corner)).isCloseTo(2 / 3.0, within(1e-12));
  }

  @Test
  void sinusFitsASinusExactly() {
    Series day = series(x -> 100 + 9 * Math.cos(DAY * x) - 4 * Math.sin(DAY * x));

    assertThat(LeastSquares.sinusError(day, DAY).orElseThrow()).isCloseTo(0, within(1e-9));
    assertThat(LeastSquares.lineError(day)).isGreaterThan(100);
  }

  @Test
  void withoutAFrequencyThereIsNoSinus() {
    assertThat(LeastSquares.sinusError(series(x -> x), 0)).isEmpty();
  }

  /** Of buckets that are not even: what is left is at right angles to all that the shape can be. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void errorsAreWhatIsAtRightAnglesToTheShape(long seed) {
    Random random = new Random(seed);
    double[] buckets = IntStream.range(0, 9).mapToDouble(i -> 50 + 3 * i + i % 3).toArray();
    double[] floors = random.doubles(9, -20, 70).toArray();
    double frequency = 0.1 + 0.4 * random.nextDouble();
    Series series = new Series(buckets, floors);

    assertThat(LeastSquares.lineError(series))
        .as("seed %s", seed)
        .isCloseTo(leftOf(floors, ones(), buckets), within(1e-6));
    assertThat(LeastSquares.sinusError(series, frequency).orElseThrow())
        .as("seed %s", seed)
        .isCloseTo(
            leftOf(
                floors,
                ones(),
                Arrays.stream(buckets).map(x -> Math.cos(frequency * x)).toArray(),
                Arrays.stream(buckets).map(x -> Math.sin(frequency * x)).toArray()),
            within(1e-6));
  }

  /** Gram and Schmidt: squares that are left when the part along each vector was taken away. */
  private static double leftOf(double[] floors, double[]... shape) {
    List<double[]> directions = new ArrayList<>();
    for (double[] vector : shape) {
      double[] direction = without(vector, directions);
      double length = Math.sqrt(product(direction, direction));
      directions.add(Arrays.stream(direction).map(x -> x / length).toArray());
    }
    double[] left = without(floors, directions);
    return product(left, left);
  }

  private static double[] without(double[] vector, List<double[]> directions) {
    double[] left = vector.clone();
    for (double[] direction : directions) {
      double along = product(left, direction);
      Arrays.setAll(left, i -> left[i] - along * direction[i]);
    }
    return left;
  }

  private static double product(double[] one, double[] other) {
    return IntStream.range(0, one.length).mapToDouble(i -> one[i] * other[i]).sum();
  }

  private static double[] ones() {
    return DoubleStream.generate(() -> 1).limit(9).toArray();
  }

  private static Series series(DoubleUnaryOperator floor) {
    double[] hours = IntStream.range(0, 24).mapToDouble(i -> i).toArray();
    double[] floors = IntStream.range(0, 24).mapToDouble(i -> floor.applyAsDouble(i)).toArray();
    return new Series(hours, floors);
  }
}
