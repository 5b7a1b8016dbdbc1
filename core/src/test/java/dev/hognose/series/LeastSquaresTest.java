package dev.hognose.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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

  private static Series series(DoubleUnaryOperator floor) {
    double[] hours = IntStream.range(0, 24).mapToDouble(i -> i).toArray();
    double[] floors = IntStream.range(0, 24).mapToDouble(i -> floor.applyAsDouble(i)).toArray();
    return new Series(hours, floors);
  }
}
