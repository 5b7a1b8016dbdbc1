package dev.hognose.limit;

import static dev.hognose.limit.Worker.LIMITED;
import static dev.hognose.limit.Worker.growing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Samples that come late, in another order, or with a wrong clock. */
class LimitArrivalTest {

  @Test
  void samplesThatComeInAnotherOrderChangeNothing() {
    List<Sample> inOrder = new ArrayList<>();
    for (int n = 0; n < 360; n++) {
      inOrder.add(growing(n / 6.0));
    }
    Followed expected = new Followed();
    inOrder.forEach(expected::take);
    for (int seed = 0; seed < 20; seed++) {
      Followed followed = new Followed();
      shuffledWithinAMinute(inOrder, new Random(seed)).forEach(followed::take);
      assertThat(followed.told()).as("seed %d", seed).isEqualTo(expected.told());
    }
  }

  /** The samples of a floor in any order. */
  private static List<Sample> shuffledWithinAMinute(List<Sample> samples, Random random) {
    List<Sample> shuffled = new ArrayList<>();
    for (int from = 0; from < samples.size(); from += 6) {
      List<Sample> minute = new ArrayList<>(samples.subList(from, from + 6));
      Collections.shuffle(minute, random);
      shuffled.addAll(minute);
    }
    return shuffled;
  }

  @Test
  void clockThatIsSetBackIsFollowed() {
    Followed followed =
        new Followed()
            .take(600, 603, m -> LIMITED.at(m, 300))
            .take(LIMITED.at(9_999, 300))
            .take(0, 30, Worker::growing);

    assertThat(followed.told())
        .filteredOn(alert -> alert.state() == Alert.State.FIRING)
        .singleElement()
        .extracting(Alert::kind)
        .isEqualTo(Alert.Kind.OUT_OF_MEMORY_SOON);
  }

  @Test
  void oneSampleWithAWrongClockChangesNothing() {
    Followed expected = new Followed().take(0, 30, Worker::growing);
    for (double wrong : new double[] {24 * 60, 60, -60, -24 * 60}) {
      Followed followed = new Followed();
      for (int n = 0; n < 180; n++) {
        followed.take(growing(n / 6.0));
        if (n % 10 == 9) {
          followed.take(LIMITED.at(n / 6.0 + wrong, 300));
        }
      }

      assertThat(followed.told()).as("%s minutes off", wrong).isEqualTo(expected.told());
      assertThat(followed.outcomes())
          .containsEntry(LimitStep.Outcome.COUNTED, 180)
          .containsEntry(
              wrong > 0 ? LimitStep.Outcome.CLOCK_AHEAD : LimitStep.Outcome.CLOCK_BEHIND, 18);
    }
  }

  @Test
  void aLimitThatIsNotReadOnceIsNotGone() {
    Worker unread = LIMITED.withLimit(Optional.empty());
    Followed followed = new Followed();
    for (int n = 0; n < 180; n++) {
      followed.take(n % 10 == 9 ? unread.at(n / 6.0, 500) : growing(n / 6.0));
    }

    assertThat(followed.told())
        .singleElement()
        .extracting(Alert::state)
        .isEqualTo(Alert.State.FIRING);
    followed.take(unread.at(30, 700)).take(unread.at(30.2, 700));
    assertThat(followed.told())
        .singleElement()
        .extracting(Alert::state)
        .isEqualTo(Alert.State.RESOLVED);
  }

  @Test
  void aGapIsBelievedWithTheSecondSampleAfterIt() {
    Followed followed =
        new Followed().take(0, 10, m -> LIMITED.at(m, 300)).take(600, 630, m -> LIMITED.at(m, 300));

    assertThat(followed.outcomes())
        .containsOnly(
            entry(LimitStep.Outcome.COUNTED, 60 + 179), entry(LimitStep.Outcome.CLOCK_AHEAD, 1));
  }

  @Test
  void failedReadsAndLateSamplesAreCountedAndChangeNothing() {
    Followed followed = new Followed().take(0, 20, m -> LIMITED.at(m, 500));
    LimitLife before = followed.life();
    followed.take(LIMITED.at(20, 0)).take(LIMITED.at(17, 1));

    assertThat(followed.life()).isEqualTo(before);
    assertThat(followed.outcomes())
        .containsEntry(LimitStep.Outcome.FAILED_READ, 1)
        .containsEntry(LimitStep.Outcome.LATE, 1);
  }
}
