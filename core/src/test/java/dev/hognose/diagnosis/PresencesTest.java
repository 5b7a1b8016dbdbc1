package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is added up as sightings come is what adding up all of them says. */
class PresencesTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theSumIsThatOfAllInWhateverOrderTheyCome(long seed) {
    Random random = new Random(seed);
    List<Presence> seen = seen(random, 60, 12);

    Presences inOrder = checked(seen);
    Collections.shuffle(seen, random);
    Presences shuffled = checked(seen);

    assertThat(shuffled).isEqualTo(inOrder);
    assertThat(shuffled.weight()).isEqualTo(inOrder.weight());
  }

  @Test
  void ofMoreThanThereIsRoomForNoMoreAreKeptAndAddedUp() {
    Presences kept = checked(seen(new Random(9), 3_000, 600));

    assertThat(kept.count()).isEqualTo(500);
  }

  /** The last process by key showed it last, the one before it first. */
  @Test
  void whoComesFirstByKeyTakesTheRoomOfTheLastThatMarksNeitherEnd() {
    List<Presence> seen = new ArrayList<>();
    for (int n = 1; n <= 499; n++) {
      seen.add(SightingBuilder.at(n).by(n).presence());
    }
    Presence beginning = SightingBuilder.at(-9).by(500).presence();
    Presence end = SightingBuilder.at(501).by(501).presence();
    Presences full = Presences.of(seen).and(Presences.of(List.of(beginning, end))).orElseThrow();

    assertThat(full.all())
        .containsExactlyElementsOf(
            Stream.concat(seen.subList(0, 498).stream(), Stream.of(beginning, end)).toList());
    assertThat(full.from()).isEqualTo(Shop.at(-9));
    assertThat(full.until()).isEqualTo(Shop.at(501));
    assertThat(full.and(Presences.of(seen.get(498)))).isEmpty();
  }

  /** When eight processes had shown it is known, whoever else comes. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void beginningAndEndAreThoseOfAll(long seed) {
    Random random = new Random(seed);
    List<Presence> seen = seen(random, 2_500, 700);
    Presences kept = Presences.of(seen.get(0));
    for (Presence each : seen) {
      kept = kept.and(Presences.of(each)).orElse(kept);
    }
    Map<String, Presence> all = new TreeMap<>();
    seen.forEach(each -> all.merge(each.process().key(), each, Presence::and));

    assertThat(kept.count()).isEqualTo(500);
    assertThat(kept.from()).isEqualTo(times(all, Presence::from).findFirst().orElseThrow());
    assertThat(kept.until())
        .isEqualTo(times(all, Presence::until).reduce((a, b) -> b).orElseThrow());
    for (int needed = 1; needed <= 8; needed++) {
      assertThat(kept.seenBy(needed))
          .isEqualTo(times(all, Presence::seenAt).skip(needed - 1L).findFirst());
    }
  }

  private static Stream<Instant> times(
      Map<String, Presence> all, Function<Presence, Instant> time) {
    return all.values().stream().map(time).sorted();
  }

  @Test
  void ofThoseThatShowItAtTheSameTimeTheFirstByKeyIsTheFirst() {
    Presence one = SightingBuilder.at(3).by(1).presence();
    Presence two = SightingBuilder.at(3).by(2).presence();

    assertThat(Presences.of(List.of(two, one)).first()).isEqualTo(one);
    assertThat(Presences.of(List.of(one, two, SightingBuilder.at(2).by(3).presence())).first())
        .isEqualTo(SightingBuilder.at(2).by(3).presence());
  }

  @Test
  void aWeightBeyondAllMeasureLeavesRoomForOthers() {
    Presence endless = SightingBuilder.at(1).weight(Double.POSITIVE_INFINITY).presence();
    Presences both =
        Presences.of(endless)
            .and(Presences.of(SightingBuilder.at(2).by(2).presence()))
            .orElseThrow();

    assertThat(both.strongest()).isEqualTo(endless);
    assertThat(both.weight()).isEqualTo(1e12 + 2);
  }

  /** Some are seen again, and then weigh less or more. */
  private static List<Presence> seen(Random random, int sightings, int processes) {
    List<Presence> seen = new ArrayList<>();
    for (int n = 0; n < sightings; n++) {
      int from = random.nextInt(100);
      seen.add(
          SightingBuilder.within(from, from + random.nextInt(9))
              .by(1 + random.nextInt(processes))
              .weight(random.nextInt(40) / 7.0)
              .beat(1 + random.nextInt(5))
              .presence());
    }
    return seen;
  }

  /** All of them together, compared after each with what the whole adds up to. */
  private static Presences checked(List<Presence> seen) {
    Presences known = Presences.of(seen.get(0));
    for (Presence each : seen) {
      known = known.and(Presences.of(each)).orElse(known);
      Presences whole = Presences.of(known.all());
      assertThat(known).isEqualTo(whole);
      assertThat(known.from()).isEqualTo(whole.from());
      assertThat(known.until()).isEqualTo(whole.until());
      assertThat(known.seenBy(1)).isEqualTo(whole.seenBy(1)).contains(known.first().seenAt());
      assertThat(known.beat()).isEqualTo(whole.beat());
      assertThat(known.strongest()).isEqualTo(whole.strongest());
      assertThat(known.weight()).isEqualTo(whole.weight());
    }
    return known;
  }
}
