package dev.hognose.leak;

import static dev.hognose.leak.Lived.HOUR_MS;
import static dev.hognose.leak.Lived.SEEN_MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.leak.Life.Channel;
import dev.hognose.leak.Lived.Doing;
import dev.hognose.leak.ServiceStep.Fate;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lives as a service sees them: when they begin, whose observation counts, who is forgotten. */
class LifeTest {

  private static final ServicePolicy POLICY = ServicePolicy.DEFAULT;
  private static final long STRETCH_MS = POLICY.stretchMs();

  /** Start of the process before it is seen first, and since when it is known, both in minutes. */
  @ParameterizedTest
  @CsvSource({"10, 10", "32, 32", "33, 32", "600, 32", "-5, 0"})
  void aLifeIsKnownFromItsStartOrTwoStretchesBack(long startedBefore, long bornBefore) {
    Life life = Life.begin(shown("a", SEEN_MS - startedBefore * 60_000, true), POLICY);

    assertThat(life.bornMs()).isEqualTo(SEEN_MS - bornBefore * 60_000);
    assertThat(life.livedMs()).isEqualTo(bornBefore * 60_000);
    assertThat(life.risingAtMs()).isZero();
  }

  /** Starts of the life and of an observation, 0 while unknown, and whether that is its first. */
  @ParameterizedTest
  @CsvSource({
    "7, 7, false, false",
    "7, 7, true, false",
    "7, 8, false, true",
    "7, 0, false, false",
    "7, 0, true, true",
    "0, 8, false, false",
    "0, 8, true, true"
  })
  void anotherStartIsAnotherLifeAndWithoutOneAFirstObservation(
      long started, long observed, boolean first, boolean follows) {
    Life life = Life.begin(shown("a", started, true), POLICY);

    assertThat(life.isFollowedBy(shown("a", observed, first))).isEqualTo(follows);
  }

  @ParameterizedTest
  @CsvSource({"7200000, true", "7200001, false", "0, true"})
  void whatRoseWithinTwoHoursIsRising(long sinceMs, boolean isRising) {
    Life rising = Lived.life("1", Doing.RISING, 10);

    assertThat(rising.isRising(SEEN_MS + sinceMs, POLICY)).isEqualTo(isRising);
    assertThat(Lived.life("1", Doing.RESTED, 10).isRising(SEEN_MS, POLICY)).isFalse();
  }

  @Test
  void channelsAreTheirOwn() {
    Life life = Life.begin(shown("a", 0, true), POLICY);

    assertThat(life.climb(Channel.RESIDENT).last()).isEqualTo(70_000);
    assertThat(life.climb(Channel.PYTHON).last()).isEqualTo(60_000);
    PastLife.Rest rest = new PastLife.Rest(1, 1, true, 0);
    PastLife.Rest climb = new PastLife.Rest(2, 2, false, 0);
    PastLife past = new PastLife(0, 0, rest, climb, "");
    assertThat(past.rest(Channel.RESIDENT)).isEqualTo(rest);
    assertThat(past.rest(Channel.PYTHON)).isEqualTo(climb);
    assertThat(past.hasEnded()).isFalse();
    assertThat(new PastLife(0, 0, climb, rest, "").hasEnded()).isFalse();
    assertThat(new PastLife(0, 0, rest, rest, "").hasEnded()).isTrue();
  }

  /** Of one place: the later life counts, and of one life the later time, else the first. */
  @ParameterizedTest
  @CsvSource({"7, 1, 8, 0, false", "8, 0, 7, 1, true", "7, 1, 7, 2, false", "7, 2, 7, 1, true"})
  void oneObservationOfAPlaceCounts(
      long started, long at, long otherStarted, long otherAt, boolean isFirst) {
    LifeObservation one = new LifeObservation("a", at, started, true, 1, 1, List.of());
    LifeObservation other = new LifeObservation("a", otherAt, otherStarted, true, 2, 2, List.of());

    assertThat(one.or(other)).isSameAs(isFirst ? one : other);
    assertThat(one.or(one.running("1"))).isSameAs(one);
  }

  @Test
  void longVersionsAreCut() {
    assertThat(shown("a", 0, true).running("v".repeat(65)).version()).hasSize(64);
    assertThat(shown("a", 0, true).running("v".repeat(64)).version()).hasSize(64);
  }

  /** Start that is known of the place and the observation's, and stretches that it is late. */
  @ParameterizedTest
  @CsvSource({
    "7, 7, 0, COUNTED",
    "7, 8, 0, COUNTED",
    "7, 6, 0, EARLIER_LIFE",
    "7, 0, 0, COUNTED",
    "7, 7, 1, LATE",
    "7, 6, 1, EARLIER_LIFE"
  })
  void anObservationCountsUnlessItIsOfAnEarlierLife(
      long known, long started, long late, Fate fate) {
    LifeObservation shown = shown("a", started, false);
    ServiceEntrance entrance =
        new ServiceEntrance(
            POLICY,
            history(Lived.place(Life.begin(shown("a", known, true), POLICY))),
            POLICY.stretch(shown) + late);

    assertThat(entrance.fate(shown)).isEqualTo(fate);
    assertThat(fate.counts()).isEqualTo(fate == Fate.COUNTED || fate == Fate.LATE);
  }

  @Test
  void moreThanCanBeFollowedAreCrowded() {
    ServiceEntrance entrance =
        new ServiceEntrance(POLICY, ServiceHistory.initial(), POLICY.stretch(shown("a", 0, true)));

    for (int n = 0; n < POLICY.mostPlaces(); n++) {
      assertThat(entrance.fate(shown("web/" + n, 0, true))).isEqualTo(Fate.COUNTED);
    }
    assertThat(entrance.fate(shown("web/" + POLICY.mostPlaces(), 0, true))).isEqualTo(Fate.CROWDED);
    assertThat(Fate.CROWDED.counts()).isFalse();
  }

  /** Milliseconds over a day since it was seen, and whether it is followed still. */
  @ParameterizedTest
  @CsvSource({"0, true", "1, false"})
  void aPlaceWithoutAProcessIsForgottenAfterADayAndItsLifeIsNot(long over, boolean isFollowed) {
    long stretch = POLICY.stretch(shown("a", 0, true)) + 200;
    long seenMs = POLICY.judgedMs(stretch) - 24 * HOUR_MS - over;
    LifeObservation last = new LifeObservation("a", seenMs, 0, true, 1, 1, List.of());
    ServiceHistory before = history(Place.begin(last, POLICY));

    ServiceHistory after = new ServiceDetector(POLICY).judge(before, stretch, List.of()).history();

    assertThat(after.places().containsKey("a")).isEqualTo(isFollowed);
    assertThat(after.past()).hasSize(isFollowed ? 0 : 1);
    assertThat(after.stretch()).isEqualTo(stretch);
  }

  @Test
  void livesThatEndedAWeekAgoAreForgottenAndOfManyTheFirst() {
    long stretch = POLICY.stretch(shown("a", 0, true));
    long endMs = POLICY.judgedMs(stretch);
    List<PastLife> old = List.of(ended(endMs - 168 * HOUR_MS - 1), ended(endMs - 168 * HOUR_MS));
    List<PastLife> many = LongStream.range(0, 300).mapToObj(n -> ended(endMs - 300 + n)).toList();

    assertThat(judged(old, stretch)).containsExactly(old.get(1));
    assertThat(judged(many, stretch)).containsExactlyElementsOf(many.subList(44, 300));
  }

  /** An observation is of the stretch before its time, when the grace is taken off. */
  @ParameterizedTest
  @CsvSource({"0, -1", "1, 0", "960000, 0", "960001, 1"})
  void aStretchIsJudgedWhenItsGraceIsOver(long afterGraceMs, long stretch) {
    long atMs = 8 * 120_000 / 2 + afterGraceMs;
    LifeObservation shown = new LifeObservation("a", atMs, 0, true, 1, 1, List.of());

    assertThat(POLICY.graceMs()).isEqualTo(480_000);
    assertThat(POLICY.stretch(shown)).isEqualTo(stretch);
    assertThat(POLICY.judgedMs(stretch)).isEqualTo((stretch + 1) * STRETCH_MS + 480_000);
    assertThat(new ServiceDetector(POLICY).open(atMs)).isEqualTo(afterGraceMs / STRETCH_MS);
  }

  private static List<PastLife> judged(List<PastLife> past, long stretch) {
    ServiceHistory history = new ServiceHistory(stretch - 1, new TreeMap<>(), past);
    return new ServiceDetector(POLICY).judge(history, stretch, List.of()).history().past();
  }

  private static PastLife ended(long diedMs) {
    PastLife.Rest rest = new PastLife.Rest(1, 1, true, 0);
    return new PastLife(diedMs, HOUR_MS, rest, rest, "1");
  }

  private static ServiceHistory history(Place place) {
    TreeMap<String, Place> places = new TreeMap<>();
    places.put("a", place);
    return new ServiceHistory(0, places, List.of());
  }

  private static LifeObservation shown(String place, long startedAtMs, boolean first) {
    return new LifeObservation(place, SEEN_MS, startedAtMs, first, 70_000, 60_000, List.of());
  }
}
