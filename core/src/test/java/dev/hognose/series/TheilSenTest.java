package dev.hognose.series;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TheilSenTest {

  @Test
  void lineHasItsSlopeAndFullTau() {
    TheilSen line = TheilSen.of(new Series(new double[] {2, 3, 5, 9}, new double[] {4, 6, 10, 18}));

    assertThat(line.slope()).isEqualTo(2);
    assertThat(line.tau()).isEqualTo(1);
  }

  @Test
  void oneOutlierDoesNotMoveTheSlope() {
    TheilSen line =
        TheilSen.of(
            new Series(new double[] {0, 1, 2, 3, 4, 5, 6}, new double[] {0, 1, 2, 900, 4, 5, 6}));

    assertThat(line.slope()).isEqualTo(1);
    assertThat(line.balance()).isEqualTo(21 - 2 * 3);
  }

  @Test
  void tiesCountNeitherWay() {
    TheilSen flat = TheilSen.of(new Series(new double[] {0, 1, 2}, new double[] {5, 5, 5}));

    assertThat(flat.slope()).isZero();
    assertThat(flat.tau()).isZero();
  }

  @Test
  void theSlopeIsTheMedianOfAllPairsAndOfNothingElse() {
    TheilSen bent = TheilSen.of(new Series(new double[] {0, 1, 2}, new double[] {0, 1, 4}));

    assertThat(bent.slope()).isEqualTo(2);
    assertThat(bent.pairs()).isEqualTo(3);
  }
}
