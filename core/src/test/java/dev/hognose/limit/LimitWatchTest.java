package dev.hognose.limit;

import static dev.hognose.limit.Worker.LIMITED;
import static dev.hognose.limit.Worker.bytes;
import static dev.hognose.limit.Worker.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LimitWatchTest {

  /** Three mebibytes a minute from 750: the limit is an hour away after 23 minutes. */
  private static Sample growing(double minute) {
    return LIMITED.at(minute, 750 + 3 * minute);
  }

  @Test
  void limitWithinTheHourIsToldWithItsFigures() {
    List<Alert> told = new Followed().take(0, 30, LimitWatchTest::growing).told();

    Alert alert = assertThat(told).singleElement().actual();
    assertThat(alert.kind()).isEqualTo(Alert.Kind.OUT_OF_MEMORY_SOON);
    assertThat(alert.severity()).isEqualTo(Alert.Severity.WARNING);
    assertThat(alert.firedAt()).isBetween(time(23), time(25));
    assertThat(alert.title())
        .startsWith("orders is out of memory in 60 min: ")
        .endsWith(" of 1000.0 MiB, growing 180.0 MiB/h");
    assertThat(alert.version()).isEqualTo("1.4.2");
    assertThat(value(alert, "slope")).isCloseTo(180.0 * (1 << 20), within(1e4));
    assertThat(value(alert, "hours_to_limit")).isCloseTo(1.0, within(0.02));
    assertThat(alert.advice())
        .contains("says nothing about a leak")
        .doesNotContain("Every process of the container");
  }

  @Test
  void itIsToldAgainAsItComesNearerAndBecomesCritical() {
    List<Alert> history = new Followed().take(0, 80, LimitWatchTest::growing).history();

    assertThat(history).hasSizeBetween(4, 9);
    assertThat(history).extracting(Alert::id).containsOnly(history.get(0).id());
    assertThat(history.get(history.size() - 1).severity()).isEqualTo(Alert.Severity.CRITICAL);
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        Arguments.of("steady at the limit", sampled(m -> 990)),
        Arguments.of("a start-up that ends", sampled(m -> 300 + 600 * (1 - Math.exp(-m / 2)))),
        Arguments.of("a sawtooth", sampled(m -> 500 + 50 * (m % 9))),
        Arguments.of("one step", sampled(m -> m < 20 ? 300 : 850)),
        Arguments.of("slow growth", sampled(m -> 850 + m / 2)),
        Arguments.of("growth far from the limit", sampled(m -> 100 + 5 * m)),
        Arguments.of("spikes", sampled(m -> Math.round(m * 6) % 7 == 0 ? 990 : 300)));
  }

  private static DoubleFunction<Sample> sampled(DoubleFunction<? extends Number> mib) {
    return minute -> LIMITED.at(minute, mib.apply(minute).doubleValue());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harmless")
  void nothingIsToldOf(String what, DoubleFunction<Sample> sampled) {
    Followed followed = new Followed().take(0, 120, sampled);

    assertThat(followed.history()).isEmpty();
    assertThat(followed.outcomes()).containsOnlyKeys(LimitStep.Outcome.COUNTED);
  }

  @Test
  void withoutALimitThereIsNothingToRunInto() {
    Worker free = LIMITED.withLimit(Optional.empty());
    Worker v1 = LIMITED.withLimit(Optional.of(new Bytes(0x7ffffffffffff000L)));

    assertThat(new Followed().take(0, 60, m -> free.at(m, 300 + 10 * m)).outcomes())
        .containsOnlyKeys(LimitStep.Outcome.NO_LIMIT);
    assertThat(new Followed().take(0, 60, m -> v1.at(m, 300 + 10 * m)).history()).isEmpty();
  }

  @Test
  void containerOfSeveralProcessesRunsOutBeforeAnyOfThem() {
    Followed followed =
        new Followed()
            .take(0, 60, m -> LIMITED.at(m, 100 + 2 * m, Optional.of(bytes(700 + 3 * m))));

    Alert alert = assertThat(followed.told()).singleElement().actual();
    assertThat(alert.title()).startsWith("the container of orders is out of memory in ");
    assertThat(alert.advice())
        .endsWith(
            " Every process of the container that grows with it tells this: look first at the one"
                + " whose own resident memory grows fastest.");
    assertThat(value(alert, "memory")).isGreaterThan((double) bytes(800).count());
  }

  @Test
  void pageCacheThatFillsTheContainerIsNoReason() {
    Followed full =
        new Followed().take(0, 60, m -> LIMITED.at(m, 100 + m / 4, Optional.of(bytes(999))));
    Followed filling =
        new Followed().take(0, 60, m -> LIMITED.at(m, 100, Optional.of(bytes(200 + 13 * m))));

    assertThat(full.history()).isEmpty();
    assertThat(filling.history()).isEmpty();
  }

  @Test
  void itResolvesWhenGrowthStops() {
    Followed followed =
        new Followed().take(0, 30, LimitWatchTest::growing).take(30, 70, m -> LIMITED.at(m, 840));

    Alert alert = assertThat(followed.told()).singleElement().actual();
    assertThat(alert.resolvedAt()).hasValueSatisfying(at -> assertThat(at).isAfter(time(30)));
  }

  @Test
  void limitThatIsRaisedResolvesIt() {
    Worker raised = LIMITED.withLimit(Optional.of(Bytes.ofMebi(8000)));
    Followed followed =
        new Followed()
            .take(0, 30, LimitWatchTest::growing)
            .take(30, 32, m -> raised.at(m, 750 + 3 * m));

    assertThat(followed.told())
        .singleElement()
        .extracting(Alert::state)
        .isEqualTo(Alert.State.RESOLVED);
  }

  @Test
  void processThatVanishesNearItsLimitWasKilled() {
    Followed followed = new Followed().take(0, 66, LimitWatchTest::growing).silence();

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
    assertThat(value(killed, "slope")).isCloseTo(180.0 * (1 << 20), within(1e4));

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
    Followed followed =
        new Followed().take(0, 66, LimitWatchTest::growing).stop(time(66)).silence();

    assertThat(followed.told())
        .singleElement()
        .satisfies(soon -> assertThat(soon.resolvedAt()).contains(time(66)));
  }

  @Test
  void farewellThatComesLateTakesTheKillBack() {
    Followed followed =
        new Followed().take(0, 66, LimitWatchTest::growing).silence().stop(time(66));

    assertThat(followed.told())
        .extracting(Alert::state)
        .containsExactly(Alert.State.RESOLVED, Alert.State.RESOLVED);
  }

  @Test
  void processThatComesBackWasNotKilledWhoeverSaidSo() {
    Followed timed =
        new Followed().take(0, 66, LimitWatchTest::growing).silence().take(growing(69));
    Followed read = new Followed().take(0, 66, LimitWatchTest::growing).take(growing(69));

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
    assertThat(value(killed, "oom_kills")).isEqualTo(2);

    followed.take(65, 66, m -> LIMITED.withKills(2).at(m, 300));
    assertThat(followed.told())
        .singleElement()
        .satisfies(alert -> assertThat(alert.resolvedAt()).contains(time(65)));
  }

  @Test
  void countThatRunsBackwardsIsNoKill() {
    Followed followed =
        new Followed()
            .take(0, 5, m -> LIMITED.withKills(7).at(m, 300))
            .take(5, 10, m -> LIMITED.at(m, 300));

    assertThat(followed.history()).isEmpty();
  }

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
            .take(0, 30, LimitWatchTest::growing);

    assertThat(followed.told())
        .filteredOn(alert -> alert.state() == Alert.State.FIRING)
        .singleElement()
        .extracting(Alert::kind)
        .isEqualTo(Alert.Kind.OUT_OF_MEMORY_SOON);
  }

  @Test
  void oneSampleWithAWrongClockChangesNothing() {
    Followed expected = new Followed().take(0, 30, LimitWatchTest::growing);
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

  private static double value(Alert alert, String name) {
    return alert.evidence().stream()
        .filter(evidence -> evidence.name().equals(name))
        .mapToDouble(Evidence::value)
        .findAny()
        .orElseThrow();
  }
}
