package dev.hognose.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WavedLineTest {

  private static final int TRIES = 2_000;
  private static final int FLOORS = 24;

  /** Figures of an implementation apart, in Python, with all columns in one system. */
  @ParameterizedTest
  @CsvSource({
    "0 1 2 3 4 5 6 7 8 9 10 11, 1 2 2 6 7 5 6 8 9 11 10 12, 0.2618, 1.475174, 0.890280, 0.224231",
    "2 3 5 8 9 11 14 15, 7 9 8 13 11 15 14 19, 0.3, 0.842377, 0.767617, 0.0326996",
    "0 1 2 3 4 5 6 7 8 9 10 11, 0 5 8 10 11 12 12 11 12 14 18 22, 0.5, 2.354122, 0.0691382,"
        + " 125.9489",
  })
  void itIsTheLeastSquaresFit(
      String buckets, String floors, double frequency, double slope, double doubt, double gain) {
    WavedLine line = WavedLine.of(new Series(numbers(buckets), numbers(floors)), frequency);

    assertThat(line.slope()).isCloseTo(slope, within(1e-6));
    assertThat(line.deviation()).isCloseTo(doubt, within(1e-6));
    assertThat(line.gain()).isCloseTo(gain, within(1e-4));
  }

  /** Whatever part of the wave it is that was seen, and however far from zero. */
  @ParameterizedTest
  @CsvSource({"0, 0.5", "1.5, 0.5", "3, 0.5", "4.5, 0.5", "0, 0.9", "2, 0.3"})
  void theLineBeneathAPieceOfAWaveIsFound(double phase, double turn) {
    double frequency = turn * 2 * Math.PI / FLOORS;
    WavedLine line =
        WavedLine.of(series(i -> 5_000 + 2.0 * i + 7 * Math.sin(frequency * i + phase)), frequency);

    assertThat(line.slope()).isCloseTo(2, within(1e-6));
    assertThat(line.deviation()).isLessThan(1e-6);
    assertThat(line.gain()).isGreaterThan(1e6);
  }

  @Test
  void aStraightLineHasNoWave() {
    WavedLine line = WavedLine.of(series(i -> 3.0 * i), 0.1);

    assertThat(line.slope()).isCloseTo(3, within(1e-6));
    assertThat(line.deviation()).isCloseTo(0, within(1e-6));
  }

  /** A wave that is far longer than what was seen of it cannot be told from a line. */
  @Test
  void aGlimpseOfAWaveSaysNothingOfTheLine() {
    Random random = new Random(3);
    WavedLine line = WavedLine.of(series(i -> 2.0 * i + random.nextGaussian()), 1e-3);

    assertThat(line.deviation()).isGreaterThan(1e3);
  }

  /**
   * Two deviations hold the slope as often as they should, and noise is seldom taken for a wave.
   */
  @ParameterizedTest
  @CsvSource({"0, 0.93, 0.005", "0.3, 0.85, 0.04"})
  void doubtIsWhatNoiseLeaves(double correlation, double least, double mostWaves) {
    Random random = new Random(11);
    int held = 0;
    int waves = 0;
    for (int i = 0; i < TRIES; i++) {
      WavedLine line = WavedLine.of(noisy(random, correlation), Math.PI / FLOORS);
      held += Math.abs(line.slope() - 2) <= 2 * line.deviation() ? 1 : 0;
      waves += line.gain() >= 8 ? 1 : 0;
    }

    assertThat((double) held / TRIES).isBetween(least, 0.999);
    assertThat((double) waves / TRIES).isBetween(1e-9, mostWaves);
  }

  private static double[] numbers(String written) {
    return Arrays.stream(written.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static Series noisy(Random random, double correlation) {
    double[] off = new double[1];
    return series(
        i -> {
          off[0] = correlation * off[0] + random.nextGaussian();
          return 2 * i + off[0];
        });
  }

  private static Series series(IntToDoubleFunction floor) {
    return new Series(
        IntStream.range(0, FLOORS).asDoubleStream().toArray(),
        IntStream.range(0, FLOORS).mapToDouble(floor).toArray());
  }
}
