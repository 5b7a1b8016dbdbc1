package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far a life has climbed, and whether it has come to rest. */
class ClimbTest {

  private static final ServicePolicy POLICY = ServicePolicy.DEFAULT;
  private static final long BORN_MS = 1_760_000_000_000L;
  private static final long HOUR_MS = 3_600_000;

  private final Climb begun = Climb.begin(50_000, BORN_MS);

  /** Floors one after the other, the height that was noted last, and with which floor. */
  @ParameterizedTest
  @CsvSource({
    "51024, 0, 0",
    "51025, 1025, 1",
    "70000 72024, 20000, 1",
    "70000 72025, 22025, 2",
    "70000 40000 62025, 22025, 3",
    "70000 70000 70000, 20000, 1"
  })
  void heightIsNotedWhenItIsWorthIt(String floors, int mark, long noted) {
    Climb climb = begun;
    int hour = 0;
    for (String floor : floors.split(" ", -1)) {
      hour++;
      climb = climb.next(Integer.parseInt(floor), BORN_MS + hour * HOUR_MS, POLICY);
    }

    assertThat(climb.mark()).isEqualTo(mark);
    assertThat(climb.markedAtMs()).isEqualTo(BORN_MS + noted * HOUR_MS);
  }

  @Test
  void remembersItsLowestAndHighestFloorAndTheLargestFall() {
    Climb climb = begun;
    for (int floor : new int[] {70_000, 60_000, 80_000, 65_000, 40_000, 45_000}) {
      climb = climb.next(floor, BORN_MS, POLICY);
    }

    assertThat(climb.low()).isEqualTo(40_000);
    assertThat(climb.last()).isEqualTo(45_000);
    assertThat(climb.top()).isEqualTo(80_000);
    assertThat(climb.fell()).isEqualTo(40_000);
    assertThat(climb.height()).isEqualTo(5_000);
  }

  /** Hours of the last mark, and milliseconds since. */
  @ParameterizedTest
  @CsvSource({
    "1, 7200000, true",
    "1, 7199999, false",
    "4, 7200000, true",
    "10, 17999999, false",
    "10, 18000000, true"
  })
  void hasEndedAfterTwoHoursOrHalfOfTheTimeThatItTook(long hour, long sinceMs, boolean hasEnded) {
    long markedMs = BORN_MS + hour * HOUR_MS;
    Climb climb = begun.next(70_000, markedMs, POLICY);

    assertThat(climb.hasEnded(BORN_MS, markedMs + sinceMs, POLICY)).isEqualTo(hasEnded);
  }

  @Test
  void aLifeThatFollowsHasFreedWhatIsBelowHalfOfTheHeight() {
    assertThat(begun.next(70_000, BORN_MS, POLICY).freedBelow(POLICY)).isEqualTo(60_000);
  }
}
