package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.leak.Place.Earlier;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a life leaves behind for the one that follows it. */
class PlaceTest {

  private static final ServicePolicy POLICY = ServicePolicy.DEFAULT;
  private static final long BORN_MS = 1_760_000_000_000L;
  private static final long HOUR_MS = 3_600_000;
  private static final Growth GROWTH = Lived.GROWTH;
  private static final Growth OWN = Lived.growth(2e6);

  /** Evidence of the life that ends, hours that it was still, credit before, and after it. */
  @ParameterizedTest
  @CsvSource({
    "growth that died on its way is evidence, 3,  1, 2, 5",
    "as much as counts,                       11, 1, 2, 12",
    "what came to rest was no leak,           3,  2, 2, 0",
    "without growth a life at rest halves it, 0,  2, 4, 2",
    "one that was too short leaves it,        0,  1, 4, 4"
  })
  void growthOfALifeIsEvidenceForTheNext(
      String what, double evidence, long stillHours, double credit, double left) {
    Place place = place(life(20_000, stillHours, evidence), credit);

    assertThat(place.followedBy(life(0, 0, 0), POLICY).creditHours()).as(what).isEqualTo(left);
  }

  @Test
  void topsAreThoseOfLivesThatCameToRest() {
    Earlier atRest = Earlier.NONE.and(life(20_000, 2, 0), POLICY);
    Earlier after = atRest.and(life(30_000, 1, 0), POLICY);

    assertThat(atRest).isEqualTo(new Earlier(70_000, 80_000, 60_000, 70_000));
    assertThat(after)
        .as("one that died on its way")
        .isEqualTo(new Earlier(70_000, 80_000, 65_000, 75_000));
    assertThat(after.top(Life.Channel.RESIDENT)).isEqualTo(70_000);
    assertThat(after.top(Life.Channel.PYTHON)).isEqualTo(80_000);
    assertThat(atRest.and(life(10_000, 2, 0), POLICY).top(Life.Channel.RESIDENT)).isEqualTo(70_000);
  }

  /** Lives begin with 50,000 KiB resident and 60,000 of Python's heap. */
  @ParameterizedTest
  @CsvSource({"50000, 60000, true, true", "49999, 60000, false, true", "50000, 59999, true, false"})
  void aRestartHasFreedWhatItsLowestFloorIsBelow(
      int residentFreed, int pythonFreed, boolean resident, boolean python) {
    Earlier earlier = new Earlier(-1, -1, residentFreed, pythonFreed);

    assertThat(earlier.wasFreed(life(0, 0, 0), Life.Channel.RESIDENT)).isEqualTo(resident);
    assertThat(earlier.wasFreed(life(0, 0, 0), Life.Channel.PYTHON)).isEqualTo(python);
  }

  @Test
  void leakBeganWithTheVersionThatShowedItFirst() {
    Place leaking = place(life(0, 0, 0), 0).leaking(GROWTH);
    Life newer = new Life(0, BORN_MS, BORN_MS, climb(5, 0), climb(5, 0), 0, 0, "2");

    assertThat(leaking.leakVersion()).isEqualTo("1");
    Place upgraded = leaking.followedBy(newer, POLICY).leaking(OWN);
    assertThat(upgraded.leak()).contains(OWN);
    assertThat(upgraded.leakVersion()).isEqualTo("1");
    assertThat(upgraded.cleared().leakVersion()).isEmpty();
    assertThat(upgraded.cleared().leaking(GROWTH).leakVersion()).isEqualTo("2");
  }

  @Test
  void leakOfItsOwnGoesOnInTheLifeThatFollows() {
    Place alone = place(life(0, 0, 0), 0).alone(Optional.of(OWN));

    Place followed = alone.followedBy(life(0, 0, 0), POLICY);
    Place told = alone.leaking(GROWTH).followedBy(life(0, 0, 0), POLICY);

    assertThat(followed.leak()).contains(OWN);
    assertThat(followed.leakVersion()).isEqualTo("1");
    assertThat(followed.own()).isEmpty();
    assertThat(told.leak()).contains(GROWTH);
    assertThat(place(life(0, 0, 0), 0).followedBy(life(0, 0, 0), POLICY).leakVersion()).isEmpty();
  }

  private static Place place(Life life, double credit) {
    return new Place(
        life, Earlier.NONE, credit, Optional.empty(), "", Stand.NONE, Optional.empty());
  }

  /** One that climbed so far at its birth and was still from then on. */
  private static Life life(int height, long stillHours, double evidence) {
    return new Life(
        BORN_MS,
        BORN_MS,
        BORN_MS + stillHours * HOUR_MS,
        climb(50_000, height),
        climb(60_000, height),
        evidence,
        0,
        "1");
  }

  private static Climb climb(int low, int height) {
    return new Climb(low, low + height, low + height, 0, height, BORN_MS);
  }
}
