package dev.hognose.leak;

import static dev.hognose.leak.Lived.GROWTH;
import static dev.hognose.leak.Lived.HOUR_MS;
import static dev.hognose.leak.Lived.SEEN_MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.leak.Lived.Doing;
import dev.hognose.sample.GrowthRate;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a service says of its processes: who shares their growth, and since which version. */
class ServiceWordsTest {

  private static final ServicePolicy POLICY = ServicePolicy.DEFAULT;
  private static final long STRETCH =
      Math.floorDiv(SEEN_MS - POLICY.graceMs() - 1, POLICY.stretchMs());

  private final TreeMap<String, Place> places = new TreeMap<>();

  /** Lives by version, what they do, and their hours; the first leaks. Then one that has ended. */
  @ParameterizedTest
  @CsvSource({
    "all of a version rise and others rest, 2 RISING 10;2 RISING 10;1 RESTED 10,             , true",
    "one alone is no deploy,                2 RISING 10;1 RESTED 10,                         , false",
    "one of the version rests,              2 RISING 10;2 RISING 10;2 RESTED 5;1 RESTED 10,  , false",
    "but it is young,                       2 RISING 10;2 RISING 10;2 RESTED 4.9;1 RESTED 9, , true",
    "another version rises,                 2 RISING 10;2 RISING 10;1 RISING 9;1 RESTED 10,  , false",
    "no other has come to rest,             2 RISING 10;2 RISING 10;1 CLIMBING 10,           , false",
    "but one did before it ended,           2 RISING 10;2 RISING 10,              1 true,      true",
    "one that ended on its way did not,     2 RISING 10;2 RISING 10,              1 false,     false",
    "nor did one of the same version,       2 RISING 10;2 RISING 10,              2 true,      false",
    "versions are not known,                - RISING 10;- RISING 10;1 RESTED 10,             , false"
  })
  void aDeployIsToBlameWhenAllOfItsProcessesRiseAndOthersRested(
      String what, String lives, String ended, boolean isDeploy) {
    for (String each : lives.split(";", -1)) {
      String[] parts = each.split(" ", -1);
      Life life =
          Lived.life(
              parts[0].replace("-", ""), Doing.valueOf(parts[1]), Double.parseDouble(parts[2]));
      Place place = Lived.place(life);
      String name = String.valueOf((char) ('a' + places.size()));
      places.put(name, places.isEmpty() ? place.leaking(GROWTH) : place);
    }

    assertThat(word("a", past(ended)).sharing().deploy()).as(what).isEqualTo(isDeploy);
    assertThat(word("b", past(ended)).sharing().deploy()).as("without a leak").isFalse();
  }

  @Test
  void growthIsSharedByAllThatRoseWithinTwoHours() {
    places.put("a", Lived.place(Lived.life("2", Doing.RISING, 10)));
    places.put("b", Lived.place(Lived.life("1", Doing.RESTED, 10)));
    places.put("c", Lived.place(Lived.life("1", Doing.RISING, 10)));

    ServiceWord word = word("a", List.of());

    assertThat(word.sharing()).isEqualTo(new ServiceWord.Sharing(2, 3, "2", false));
    assertThat(word.footprint()).isEqualTo(Footprint.ofKib(70_000, 90_000));
    assertThat(word.startedAtMs()).isEqualTo(SEEN_MS - 10 * HOUR_MS);
  }

  @Test
  void processesThatAreGoneAreNotCounted() {
    places.put("a", Lived.place(Lived.life("2", Doing.RISING, 10)));
    places.put("b", Lived.place(Lived.life("2", Doing.RISING, 10)));
    places.put("c", Lived.place(gone("2", Doing.RISING)));
    places.put("d", Lived.place(gone("2", Doing.CLIMBING)));
    places.put("e", Lived.place(gone("1", Doing.RESTED)));

    assertThat(word("a", List.of()).sharing()).isEqualTo(new ServiceWord.Sharing(2, 2, "2", false));
    places.computeIfPresent("a", (name, place) -> place.leaking(GROWTH));
    assertThat(word("a", List.of()).sharing().deploy()).isTrue();
  }

  /** Seen last two stretches before all others. */
  private static Life gone(String version, Doing doing) {
    Life life = Lived.life(version, doing, 10);
    return new Life(
        life.startedAtMs(),
        life.bornMs(),
        POLICY.judgedMs(STRETCH) - 2 * POLICY.stretchMs(),
        life.resident(),
        life.python(),
        0,
        life.risingAtMs(),
        version);
  }

  @Test
  void leakIsOfTheVersionThatItBeganWith() {
    Place began = Lived.place(Lived.life("1", Doing.RISING, 10)).leaking(GROWTH);
    places.put("a", began.followedBy(Lived.life("2", Doing.RISING, 10), POLICY));

    assertThat(word("a", List.of()).sharing().version()).isEqualTo("1");
    assertThat(word("a", List.of()).leak()).contains(GROWTH);
  }

  @Test
  void whatIsClearedIsSaidOfItsPlaceOnly() {
    places.put("a", Lived.place(Lived.life("1", Doing.RESTED, 10)));
    places.put("b", Lived.place(Lived.life("1", Doing.RESTED, 10)));
    LeakEvent clear = new LeakEvent.Clear(Shop.T0, GrowthRate.ZERO, 0.8);
    LeakEvent onset =
        new LeakEvent.Onset(Shop.T0, GROWTH.slope(), 0.8, GROWTH.where(), GROWTH.hoursToLimit());
    List<ServiceEvent> events = List.of(new ServiceEvent("a", clear), new ServiceEvent("b", onset));

    List<ServiceWord> words = words(List.of()).of(List.of(shown("a"), shown("b")), events);

    assertThat(words).extracting(ServiceWord::cleared).containsExactly(true, false);
  }

  @Test
  void aProcessThatIsNotFollowedIsAlone() {
    ServiceWord word = word("nobody", List.of());

    assertThat(word.sharing()).isEqualTo(new ServiceWord.Sharing(1, 1, "3", false));
    assertThat(word.at()).isEqualTo(POLICY.judgedAt(shown("nobody")));
  }

  private ServiceWord word(String place, List<PastLife> past) {
    return words(past).of(List.of(shown(place)), List.of()).get(0);
  }

  private ServiceWords words(List<PastLife> past) {
    return new ServiceWords(POLICY, new ServiceHistory(STRETCH, places, past));
  }

  private static LifeObservation shown(String place) {
    return new LifeObservation(place, SEEN_MS, 0, false, 70_000, 60_000, List.of())
        .running("3")
        .with(90_000, Optional.empty());
  }

  /** Version, and whether it came to rest. */
  private static List<PastLife> past(String ended) {
    if (ended == null) {
      return List.of();
    }
    boolean rested = ended.endsWith("true");
    PastLife.Rest rest = new PastLife.Rest(10, HOUR_MS, true, 0);
    PastLife.Rest python = new PastLife.Rest(10, HOUR_MS, rested, 0);
    return List.of(new PastLife(SEEN_MS, 9 * HOUR_MS, rest, python, ended.substring(0, 1)));
  }
}
