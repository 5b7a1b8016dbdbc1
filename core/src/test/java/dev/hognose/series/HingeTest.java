package dev.hognose.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HingeTest {

  private static Series series(IntToDoubleFunction floor) {
    return new Series(
        IntStream.range(0, 24).asDoubleStream().toArray(),
        IntStream.range(0, 24).mapToDouble(floor).toArray());
  }

  @Test
  void lineRisesFromItsBeginning() {
    assertThat(Hinge.of(series(i -> 3.0 * i)).index()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 8, 15, 20})
  void breakIsFoundUnderNoise(int at) {
    Random random = new Random(at);
    Series bent = series(i -> 100 + 10 * Math.max(0, i - at) + random.nextGaussian());

    assertThat(Hinge.of(bent).index()).isBetween(at - 1, at + 1);
  }

  /** Of 24 floors, the first 13 of which rise by less than the others, which rise by 10. */
  @ParameterizedTest
  @CsvSource({"9, 0", "8.5, 0", "8, 0", "7.5, 1", "7, 2", "6, 3"})
  void whatBendsByLessThanAFiftiethOfTheGrowthIsStraight(double slow, int begins) {
    Series bent = series(i -> slow * Math.min(i, 12) + 10 * Math.max(0, i - 12));

    assertThat(Hinge.of(bent).index()).isEqualTo(begins);
  }

  @Test
  void aRiseHasThreeFloorsAtLeast() {
    assertThat(Hinge.of(series(i -> 10.0 * Math.max(0, i - 21))).index()).isEqualTo(20);
  }
}
