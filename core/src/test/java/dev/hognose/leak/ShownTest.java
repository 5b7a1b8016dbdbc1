package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.leak.PastLife.Rest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What lives of a service have shown, and which growth that covers. */
class ShownTest {

  private static final ServicePolicy POLICY = ServicePolicy.DEFAULT;
  private static final long HOUR_MS = 3_600_000;
  private static final long AGE_MS = 10 * HOUR_MS;

  @Test
  void livesThatCameToRestAreSummedUp() {
    List<PastLife> lives =
        List.of(
            life(9, rest(500, 5, true, 10)),
            life(8.9, rest(900, 1, true, 70)),
            life(20, rest(200, 3, true, 0)),
            life(20, rest(5_000, 2, false, 300)));

    assertThat(Shown.by(lives, Life.Channel.RESIDENT, AGE_MS, POLICY))
        .isEqualTo(new Shown(3, 2, 900, 3 * HOUR_MS, 300));
  }

  @Test
  void channelsAreSummedUpApart() {
    PastLife life = new PastLife(0, AGE_MS, rest(500, 5, true, 10), rest(7, 2, true, 1), "1");

    assertThat(Shown.by(List.of(life), Life.Channel.PYTHON, AGE_MS, POLICY))
        .isEqualTo(new Shown(1, 1, 7, 2 * HOUR_MS, 1));
  }

  @Test
  void withoutALifeNothingWasShown() {
    assertThat(Shown.by(List.of(), Life.Channel.RESIDENT, AGE_MS, POLICY))
        .isEqualTo(new Shown(0, 0, 0, 0, 0));
  }

  /** Lives at rest, the highest, hours that a climb takes, and what was given back. */
  @ParameterizedTest
  @CsvSource({
    "what was given back is covered,     0, 0,    0, 1000, 1500, 99,   true",
    "and no more,                        0, 0,    0, 1000, 1501, 99,   false",
    "half as high again is covered,      1, 2000, 1, 0,    3000, 99,   true",
    "and no more,                        1, 2000, 1, 0,    3001, 0,    false",
    "two lives make no usual climb,      2, 2000, 1, 0,    3000, 99,   true",
    "three do and it takes three times,  3, 2000, 1, 0,    3000, 3,    true",
    "and no longer,                      3, 2000, 1, 0,    3000, 3.01, false",
    "no usual climb is a moment,         3, 2000, 0, 0,    3000, 1.5,  true",
    "but it ends,                        3, 2000, 0, 0,    3000, 1.51, false"
  })
  void growthIsCoveredByWhatOthersDid(
      String what,
      int lives,
      int highest,
      long usualHours,
      int fell,
      int height,
      double hours,
      boolean isCovered) {
    Shown shown = new Shown(lives, lives, highest, usualHours * HOUR_MS, fell);

    assertThat(shown.covers(height, hours, POLICY)).as(what).isEqualTo(isCovered);
  }

  @ParameterizedTest
  @CsvSource({"1, 1000, 0", "2, 1000, 3", "5, 2000, 1.5", "2, 0, 3000"})
  void heightIsSoManyTimesTheHighestOfThoseThatCanBeCompared(
      int comparable, int highest, double times) {
    assertThat(new Shown(9, comparable, highest, 0, 0).times(3_000, POLICY)).isEqualTo(times);
  }

  /** Of both channels, in either order. */
  @ParameterizedTest
  @CsvSource({
    "COVERED, BEYOND, COVERED",
    "COVERED, UNKNOWN, COVERED",
    "BEYOND, UNKNOWN, BEYOND",
    "BEYOND, BEYOND, BEYOND",
    "UNKNOWN, UNKNOWN, UNKNOWN",
    "COVERED, COVERED, COVERED"
  })
  void coveredInOneChannelIsCoveredAndBeyondCounts(
      Stand.Kind one, Stand.Kind other, Stand.Kind both) {
    Stand first = new Stand(one, 3, 7);
    Stand second = new Stand(other, 5, 4);

    assertThat(first.and(second)).isEqualTo(new Stand(both, 3, 4));
    assertThat(second.and(first)).isEqualTo(new Stand(both, 3, 4));
  }

  @ParameterizedTest
  @EnumSource(Stand.Kind.class)
  void everyStandHasItsWords(Stand.Kind kind) {
    assertThat(kind.words()).matches("[a-z][a-z ]{10,}");
  }

  private static PastLife life(double hours, Rest resident) {
    return new PastLife(0, (long) (hours * HOUR_MS), resident, rest(0, 0, false, 0), "1");
  }

  private static Rest rest(int height, long afterHours, boolean ended, int fell) {
    return new Rest(height, afterHours * HOUR_MS, ended, fell);
  }
}
