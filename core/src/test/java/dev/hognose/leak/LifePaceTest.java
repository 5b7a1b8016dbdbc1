package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** The last third of a life against the third before. */
class LifePaceTest {

  private static final int KIB = 1 << 10;

  private static Ring ring(int size, IntUnaryOperator resident, IntUnaryOperator python) {
    Ring ring = Ring.EMPTY;
    for (int i = 0; i < size; i++) {
      ring = ring.append(new Floor(100 + i, resident.applyAsInt(i), python.applyAsInt(i), 0), 6);
    }
    return ring;
  }

  /** A fine level that rises evenly, and wider ones. */
  private static List<Level> levels(Ring... wider) {
    List<Level> levels = new ArrayList<>(Collections.nCopies(Level.COUNT, Level.EMPTY));
    levels.set(0, level(ring(24, i -> i * KIB, i -> i * KIB)));
    for (int i = 0; i < wider.length; i++) {
      levels.set(i + 1, level(wider[i]));
    }
    return levels;
  }

  private static Level level(Ring ring) {
    return new Level(ring, Floor.NONE, Finding.NOTHING);
  }

  private static int logarithm(int i) {
    return (int) (100 * KIB * Math.log1p(i));
  }

  @Test
  void evenGrowthHasOne() {
    assertThat(LifePace.of(levels(), 0, Trend.Where.PYTHON)).isEqualTo(1);
  }

  @Test
  void widestLevelWithEnoughFloorsIsAsked() {
    Ring slowing = ring(24, LifePaceTest::logarithm, LifePaceTest::logarithm);
    Ring tooShort = ring(Level.ENOUGH - 1, i -> i * KIB, i -> i * KIB);

    assertThat(LifePace.of(levels(slowing, tooShort), 0, Trend.Where.PYTHON))
        .isCloseTo(0.6, within(0.03));
  }

  @Test
  void narrowerLevelsAreNotAsked() {
    Ring slowing = ring(24, LifePaceTest::logarithm, LifePaceTest::logarithm);
    List<Level> levels = levels(slowing, ring(Level.ENOUGH, i -> i * KIB, i -> i * KIB));

    assertThat(LifePace.of(levels, 0, Trend.Where.PYTHON)).isEqualTo(1);
    assertThat(LifePace.of(levels, 2, Trend.Where.PYTHON)).isEqualTo(1);
  }

  /** It was asked for a plateau by itself. */
  @Test
  void levelThatRisesIsNotAskedAgain() {
    List<Level> levels = levels(ring(24, LifePaceTest::logarithm, LifePaceTest::logarithm));

    assertThat(LifePace.of(levels, 1, Trend.Where.PYTHON)).isEqualTo(1);
  }

  @Test
  void firstThirdIsNotAsked() {
    IntUnaryOperator warmedUp = i -> Math.min(i, 7) * 20 * KIB + i * KIB;

    assertThat(LifePace.of(levels(ring(24, warmedUp, warmedUp)), 0, Trend.Where.PYTHON))
        .isCloseTo(1, within(0.01));
  }

  @Test
  void channelThatRisesIsAskedAndOfBothTheOneThatSlowsLess() {
    List<Level> levels = levels(ring(24, LifePaceTest::logarithm, i -> i * KIB));

    assertThat(LifePace.of(levels, 0, Trend.Where.NATIVE)).isCloseTo(0.6, within(0.03));
    assertThat(LifePace.of(levels, 0, Trend.Where.FRAGMENTATION)).isCloseTo(0.6, within(0.03));
    assertThat(LifePace.of(levels, 0, Trend.Where.PYTHON_HIDDEN)).isEqualTo(1);
    assertThat(LifePace.of(levels, 0, Trend.Where.PYTHON)).isEqualTo(1);
  }

  /** What rises only now is compared with a quarter of the whole, not with nothing. */
  @Test
  void growthThatBeganInTheLastThirdIsFasterAndFinite() {
    IntUnaryOperator late = i -> Math.max(0, i - 16) * KIB;

    assertThat(LifePace.of(levels(ring(24, late, late)), 0, Trend.Where.NATIVE))
        .isBetween(1.5, 100.0);
  }

  @Test
  void lifeThatFellIsNotSlower() {
    IntUnaryOperator falling = i -> (100 - i) * KIB;

    assertThat(LifePace.of(levels(ring(24, falling, falling)), 0, Trend.Where.NATIVE)).isEqualTo(1);
  }
}
