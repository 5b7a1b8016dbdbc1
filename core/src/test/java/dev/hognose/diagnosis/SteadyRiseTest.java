package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is a leak of things that are counted, and what only looks like one. */
class SteadyRiseTest {

  private static final RisePolicy POLICY = new RisePolicy(8, 12, RisePolicy.Shape.DEFAULT);

  @ParameterizedTest
  @CsvSource({
    "0 4 8 12 16 20 24 28 32 36, true",
    "0 0 8 8 8 16 16 24 24 24, false",
    "0 4 4 8 8 12 16 16 20 24, true",
    "0 0 0 0 0 0 0 0 0 36, false",
    "0 12 24 36 36 36 36 36 36 36, false",
    "0 9 18 27 9 18 27 9 18 36, false",
    "36 32 28 24 20 16 12 8 4 0, false",
    "0 1 1 2 2 3 4 5 6 7, false",
    "9 9 9 9 9 9 9 9 9 9, false"
  })
  void isToldByItsShape(String levels, boolean isLeak) {
    assertThat(rise(levels).isEmpty()).isEqualTo(!isLeak);
  }

  /** Of the shape's numbers each is met by the first and missed by the second. */
  @ParameterizedTest
  @CsvSource({
    "gained as much as is the least,  4 5 6 7 8 9 10 11 12 12,           true",
    "and from too low a level on,     0 1 2 3 4 5 6 7 8 11,              false",
    "six steps go up,                 0 0 0 0 6 12 18 24 30 36,          true",
    "five do,                         0 0 0 0 0 8 16 24 30 36,           false",
    "the largest step has two fifths, 0 3 6 9 12 15 18 21 24 40,         true",
    "and more,                        0 3 6 9 12 15 18 21 23 40,         false",
    "a tenth is given back,           0 8 16 12 20 24 28 32 36 40,       true",
    "and more,                        0 8 17 12 20 24 28 32 36 40,       false",
    "the end still rises,             0 6 12 18 24 30 34 36 38 40,       true",
    "and hardly,                      0 6 12 18 24 30 34.1 36 38 40,     false"
  })
  void eachNumberOfTheShapeDecides(String what, String levels, boolean isLeak) {
    assertThat(rise(levels).isEmpty()).as(what).isEqualTo(!isLeak);
  }

  @Test
  void riseIsToldByTheMinute() {
    assertThat(new SteadyRise(40, 36, Duration.ofSeconds(90)).perMinute()).isEqualTo(24);
  }

  @Test
  void tooFewReadingsShowNothing() {
    assertThat(rise("0 8 16 24 32 40 48 56 64")).isEmpty();
  }

  @Test
  void aFigureThatWasNotReadMeanwhileShowsNothing() {
    List<Reading> readings = readings("0 4 8 12 16 20 24 28 32 36");
    readings.set(5, Reading.of(readings.get(5).at(), 5, Map.of(), Map.of()));

    assertThat(children(readings)).isEmpty();
  }

  @Test
  void noiseHardlyEverLooksLikeIt() {
    Random random = new Random(1);
    int told = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder levels = new StringBuilder();
      for (int n = 0; n < 10; n++) {
        levels.append(100 + random.nextInt(100)).append(' ');
      }
      told += rise(levels.toString()).size();
    }

    assertThat(told).isLessThanOrEqualTo(2);
  }

  @Test
  void childrenAreToldWithTheirNumbers() {
    assertThat(rise("0 4 8 12 16 20 24 28 32 36"))
        .singleElement()
        .extracting(Sign::phrase)
        .isEqualTo("36 child processes, 36 more within 36 s");
  }

  private static List<Sign> rise(String levels) {
    return children(readings(levels));
  }

  private static List<Sign> children(List<Reading> readings) {
    return new ChildProcessLeak(POLICY).signs(new History(readings, Named.NONE, HotThreads.NONE));
  }

  private static List<Reading> readings(String levels) {
    List<Reading> readings = new ArrayList<>();
    for (String level : levels.strip().split(" ", -1)) {
      int number = readings.size() + 1;
      readings.add(
          Reading.of(
              Shop.at(4.0 * number),
              number,
              Map.of(Figure.CHILDREN, Double.parseDouble(level)),
              Map.of()));
    }
    return readings;
  }
}
