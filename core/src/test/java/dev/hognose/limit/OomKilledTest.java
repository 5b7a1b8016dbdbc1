package dev.hognose.limit;

import static dev.hognose.limit.Worker.LIMITED;
import static dev.hognose.limit.Worker.growing;
import static dev.hognose.limit.Worker.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who was killed for memory, and who was only gone. */
class OomKilledTest {

  @Test
  void processThatVanishesNearItsLimitWasKilled() {
    Followed followed = new Followed().take(0, 66, Worker::growing).silence();

    assertThat(followed.told()).hasSize(2);
    Alert soon = followed.told().get(0);
    Alert killed = followed.told().get(1);
    assertThat(soon.state()).isEqualTo(Alert.State.RESOLVED);
    assertThat(killed.kind()).isEqualTo(Alert.Kind.OOM_KILLED);
    assertThat(killed.state()).isEqualTo(Alert.State.FIRING);
    assertThat(killed.severity()).isEqualTo(Alert.Severity.CRITICAL);
    assertThat(killed.firedAt()).isEqualTo(time(66 - 1 / 6.0).plusSeconds(90));
    assertThat(killed.title())
        .isEqualTo(
            "orders vanished near its memory limit and was most likely killed: 947.5 MiB of"
                + " 1000.0 MiB");
    assertThat(killed.evidence())
        .extracting(Evidence::name)
        .containsExactly("memory", "limit", "slope");
    assertThat(Followed.value(killed, "limit")).isEqualTo(1000.0 * (1 << 20));
    assertThat(Followed.value(killed, "slope")).isCloseTo(180.0 * (1 << 20), within(1e4));

    followed.silence();
    assertThat(followed.told().get(1).resolvedAt()).contains(killed.firedAt().plusSeconds(3600));
    assertThat(followed.life().isOpen()).isFalse();
  }

  @Test
  void processThatVanishesFarFromItsLimitIsOnlyGone() {
    assertThat(new Followed().take(0, 60, m -> LIMITED.at(m, 300)).silence().history()).isEmpty();
  }

  @Test
  void fastGrowthIsKilledBetweenTwoSamples() {
    Worker seldom = LIMITED.every(Duration.ofMinutes(3));
    Followed followed = new Followed().take(0, 39, m -> seldom.at(m, 10 + 25 * m)).silence();

    assertThat(followed.told()).extracting(Alert::kind).contains(Alert.Kind.OOM_KILLED);
  }

  @Test
  void processThatSaidFarewellWasNotKilled() {
    Followed followed = new Followed().take(0, 66, Worker::growing).stop(time(66)).silence();

    assertThat(followed.told())
        .singleElement()
        .satisfies(soon -> assertThat(soon.resolvedAt()).contains(time(66)));
  }

  @Test
  void farewellThatComesLateTakesTheKillBack() {
    Followed followed = new Followed().take(0, 66, Worker::growing).silence().stop(time(66));

    assertThat(followed.told())
        .extracting(Alert::state)
        .containsExactly(Alert.State.RESOLVED, Alert.State.RESOLVED);
  }

  /** Samples and farewells come by topics of their own. */
  @Test
  void sampleThatIsReadAfterTheFarewellDoesNotTakeItBack() {
    Followed followed =
        new Followed()
            .take(0, 66, Worker::growing)
            .stop(time(66))
            .take(growing(65.9))
            .take(growing(66))
            .silence();

    assertThat(followed.told())
        .singleElement()
        .satisfies(soon -> assertThat(soon.resolvedAt()).contains(time(66)));
    assertThat(followed.life().isOpen()).isFalse();
  }

  /** In one of these minutes the sample that closes the floors is the first to show it. */
  @Test
  void nothingIsForecastOfAProcessThatHasEnded() {
    for (int minute = 20; minute < 35; minute++) {
      Instant end = time(minute + .1);
      Followed followed =
          new Followed().take(0, minute, Worker::growing).stop(end).take(growing(minute));

      assertThat(followed.told())
          .as("minute %d", minute)
          .hasSizeLessThanOrEqualTo(1)
          .allSatisfy(soon -> assertThat(soon.resolvedAt()).contains(end));
    }
  }

  /** The kernel counted it, whatever the process that tells it says of itself. */
  @Test
  void farewellDoesNotTakeBackWhatTheContainerCounted() {
    Followed followed =
        new Followed()
            .take(0, 5, m -> LIMITED.at(m, 300))
            .take(LIMITED.withKills(2).at(5, 300))
            .stop(time(6));

    assertThat(followed.told())
        .singleElement()
        .extracting(Alert::state)
        .isEqualTo(Alert.State.FIRING);
  }

  @Test
  void processThatGoesOnAfterItsFarewellMayStillBeKilled() {
    Followed followed =
        new Followed()
            .take(0, 10, Worker::growing)
            .stop(time(10))
            .take(10, 66, Worker::growing)
            .silence();

    assertThat(followed.told()).extracting(Alert::kind).contains(Alert.Kind.OOM_KILLED);
  }

  @Test
  void processThatComesBackMayVanishAgain() {
    Followed followed =
        new Followed()
            .take(0, 66, Worker::growing)
            .silence()
            .take(69, 75, Worker::growing)
            .silence();

    assertThat(followed.told())
        .filteredOn(alert -> alert.kind() == Alert.Kind.OOM_KILLED)
        .extracting(Alert::state)
        .containsExactly(Alert.State.RESOLVED, Alert.State.FIRING);
  }

  @Test
  void processThatVanishesInAFullContainerHasBothInItsEvidence() {
    Followed followed =
        new Followed()
            .take(0, 80, m -> LIMITED.at(m, 100 + 2 * m, Optional.of(Worker.bytes(700 + 3 * m))))
            .take(LIMITED.at(80, 260, Optional.of(Worker.bytes(940))))
            .silence();

    Alert killed = followed.told().get(followed.told().size() - 1);
    assertThat(killed.kind()).isEqualTo(Alert.Kind.OOM_KILLED);
    assertThat(Followed.value(killed, "memory")).isEqualTo(260.0 * (1 << 20));
    assertThat(Followed.value(killed, "container")).isEqualTo(940.0 * (1 << 20));
  }

  @Test
  void processThatComesBackWasNotKilledWhoeverSaidSo() {
    Followed timed = new Followed().take(0, 66, Worker::growing).silence().take(growing(69));
    Followed read = new Followed().take(0, 66, Worker::growing).take(growing(69));

    assertThat(timed.told()).isEqualTo(read.told());
    assertThat(timed.told())
        .extracting(Alert::kind, Alert::state)
        .containsExactly(
            tuple(Alert.Kind.OUT_OF_MEMORY_SOON, Alert.State.RESOLVED),
            tuple(Alert.Kind.OOM_KILLED, Alert.State.RESOLVED),
            tuple(Alert.Kind.OUT_OF_MEMORY_SOON, Alert.State.FIRING));
  }

  @Test
  void killThatTheContainerCountsIsToldByWhoeverSurvives() {
    Followed followed =
        new Followed()
            .take(0, 5, m -> LIMITED.at(m, 300))
            .take(5, 10, m -> LIMITED.withKills(2).at(m, 300));

    Alert killed = assertThat(followed.told()).singleElement().actual();
    assertThat(killed.title())
        .isEqualTo("the kernel killed 2 processes for memory in the container of orders");
    assertThat(killed.advice()).endsWith("Every process of the container that lives tells this.");
    assertThat(killed.firedAt()).isEqualTo(time(5));
    assertThat(killed.state()).isEqualTo(Alert.State.FIRING);
    assertThat(Followed.value(killed, "oom_kills")).isEqualTo(2);

    followed.take(65, 66, m -> LIMITED.withKills(2).at(m, 300));
    assertThat(followed.told())
        .singleElement()
        .satisfies(alert -> assertThat(alert.resolvedAt()).contains(time(65)));
  }

  @Test
  void killIsCountedAcrossASampleThatDoesNotKnowTheCount() {
    Worker unread = LIMITED.withoutKills();
    Followed followed =
        new Followed()
            .take(0, 5, m -> LIMITED.at(m, 300))
            .take(unread.at(5, 300))
            .take(unread.withLimit(Optional.empty()).at(5.2, 300))
            .take(5.4, 10, m -> LIMITED.withKills(1).at(m, 300));

    assertThat(followed.told()).extracting(Alert::firedAt).containsExactly(time(5.4));
  }

  @Test
  void killThatAnEarlierSampleOfTheFloorTellsLaterIsToldOnce() {
    Worker killed = LIMITED.withKills(1);
    Followed followed =
        new Followed()
            .take(0, 5, m -> LIMITED.at(m, 300))
            .take(LIMITED.withoutKills().at(5.5, 300))
            .take(killed.at(5.3, 300))
            .take(5.6, 10, m -> killed.at(m, 300));

    assertThat(followed.history()).hasSize(1);
  }

  @Test
  void countThatRunsBackwardsIsNoKill() {
    Followed followed =
        new Followed()
            .take(0, 5, m -> LIMITED.withKills(7).at(m, 300))
            .take(5, 10, m -> LIMITED.at(m, 300));

    assertThat(followed.history()).isEmpty();
  }
}
