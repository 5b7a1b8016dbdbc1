package dev.hognose.leak;

import static dev.hognose.leak.ServiceLives.cache;
import static dev.hognose.leak.ServiceLives.flat;
import static dev.hognose.leak.ServiceLives.leak;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hognose.leak.ServiceStep.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ServiceDetectorTest {

  private final ServiceDetector detector = new ServiceDetector(ServicePolicy.DEFAULT);

  private record Judged(List<ServiceEvent> events, ServiceHistory history) {

    List<ServiceEvent> onsets() {
      return events.stream().filter(told -> told.event() instanceof LeakEvent.Onset).toList();
    }

    List<String> accused() {
      return onsets().stream().map(ServiceEvent::place).distinct().sorted().toList();
    }
  }

  private Judged judge(List<LifeObservation> observations) {
    List<ServiceEvent> events = new ArrayList<>();
    ServiceHistory history = ServiceHistory.initial();
    for (LifeObservation observation : observations) {
      ServiceStep step = detector.next(history, observation);
      history = step.history();
      events.addAll(step.events());
    }
    ServiceStep end = detector.close(history);
    events.addAll(end.events());
    return new Judged(events, end.history());
  }

  private Judged judge(ServiceLives lives) {
    return judge(lives.observations());
  }

  @Test
  void cacheThatFilledInAnEarlierLifeIsHeldBackInTheNext() {
    ServiceLives lives = new ServiceLives();
    for (String place : List.of("a", "b", "c")) {
      lives.life(place, 0, 14, cache(250, 7)).life(place, 14.1, 14, cache(270, 7));
    }

    Judged judged = judge(lives);

    assertThat(judged.events()).isEmpty();
    assertThat(judged.history().stand("a").kind()).isEqualTo(Stand.Kind.COVERED);
  }

  @Test
  void processThatStartsAfterItsPeersIsCoveredByTheirPlateau() {
    ServiceLives lives =
        new ServiceLives()
            .life("a", 0, 24, cache(200, 6))
            .life("b", 0, 24, cache(200, 6))
            .life("late", 12, 12, cache(200, 6));

    assertThat(judge(lives).accused()).isEmpty();
  }

  @Test
  void oneProcessThatGrowsWhereItsPeersRestIsToldSoonerThanAlone() {
    ServiceLives lives =
        new ServiceLives()
            .life("a", 0, 12, flat())
            .life("b", 0, 12, flat())
            .life("c", 0, 12, flat())
            .life("tenant", 0, 12, leak(20));

    Judged judged = judge(lives);

    assertThat(judged.accused()).containsExactly("tenant");
    ServiceEvent onset = judged.onsets().get(0);
    assertThat(ServiceLives.hour(onset.event())).isBetween(3.0, 4.0);
    assertThat(onset.stand().kind()).isEqualTo(Stand.Kind.BEYOND);
    assertThat(onset.stand().times()).isGreaterThan(6);
    assertThat(onset.peersSharing()).isEqualTo(1);
    assertThat(judged.history().leak("tenant").orElseThrow().slope().bytesPerHour())
        .isCloseTo(20 * ServiceLives.MIB, within(1e6));
  }

  @Test
  void growthInEveryProcessSinceOneDeployIsToldSoonerThanAlone() {
    ServiceLives lives = new ServiceLives();
    for (String place : List.of("a", "b", "c", "d")) {
      lives.life(place, 0, 12, flat()).life(place, 12, 10, leak(20));
    }

    Judged judged = judge(lives);

    assertThat(judged.accused()).containsExactly("a", "b", "c", "d");
    assertThat(judged.onsets())
        .allSatisfy(
            onset -> {
              assertThat(ServiceLives.hour(onset.event())).isBetween(15.0, 16.5);
              assertThat(onset.peersSharing()).isEqualTo(4);
            });
  }

  @Test
  void firstFillInEveryProcessIsWaitedOutLongerThanAlone() {
    ServiceLives lives = new ServiceLives();
    for (String place : List.of("a", "b", "c", "d")) {
      lives.life(place, 0, 20, cache(220, 9.5));
    }

    assertThat(judge(lives).accused()).isEmpty();
    assertThat(lives.accusedAlone()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void leakInEveryLifeFromTheStartIsToldInTheSecondLife() {
    ServiceLives lives = new ServiceLives();
    for (String place : List.of("a", "b", "c")) {
      lives.life(place, 0, 8, leak(15)).life(place, 8, 8, leak(15));
    }

    Judged judged = judge(lives);

    assertThat(judged.accused()).containsExactly("a", "b", "c");
    assertThat(ServiceLives.hour(judged.onsets().get(0).event())).isBetween(12.0, 15.0);
  }

  @Test
  void growthThatARestartDoesNotFreeIsLoad() {
    ServiceLives lives = new ServiceLives();
    for (String place : List.of("a", "b", "c")) {
      lives.life(place, 0, 8, leak(15)).life(place, 8, 8, hour -> 120 + 15 * hour);
    }

    assertThat(judge(lives).accused()).isEmpty();
  }

  @Test
  void leakOnTopOfAShortWarmUpIsNotCoveredForLong() {
    ServiceLives lives = new ServiceLives();
    for (String place : List.of("a", "b", "c", "d")) {
      lives
          .life(place, 0, 14, cache(200, 0.5))
          .life(place, 14, 16, hour -> cache(200, 0.5).applyAsDouble(hour) + 5 * hour);
    }

    assertThat(judge(lives).accused()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void verdictIsTakenBackWhenTheLifeComesToRest() {
    ServiceLives lives =
        new ServiceLives()
            .life("a", 0, 24, flat())
            .life("b", 0, 24, flat())
            .life("c", 0, 24, cache(200, 8));

    Judged judged = judge(lives);

    assertThat(judged.events()).hasSize(2);
    assertThat(judged.events().get(1).event()).isInstanceOf(LeakEvent.Clear.class);
    assertThat(ServiceLives.hour(judged.events().get(1).event())).isBetween(10.0, 14.0);
    assertThat(judged.history().leak("c")).isEmpty();
  }

  @Test
  void leakStandsOverARestart() {
    ServiceLives lives =
        new ServiceLives()
            .life("a", 0, 8, flat())
            .life("b", 0, 8, flat())
            .life("c", 0, 6, leak(30))
            .life("c", 6, 2, leak(30));

    Judged judged = judge(lives);

    assertThat(judged.onsets()).hasSize(1);
    assertThat(judged.history().leak("c")).isPresent();
  }

  @Property(tries = 20)
  void orderAcrossProcessesWithinAStretchChangesNothing(@ForAll Random random) {
    List<LifeObservation> ordered = changeable().observations();
    List<LifeObservation> shuffled = new ArrayList<>();
    ordered.stream()
        .collect(
            Collectors.groupingBy(ServiceDetectorTest::stretch, TreeMap::new, Collectors.toList()))
        .values()
        .forEach(
            stretch -> {
              List<LifeObservation> any = new ArrayList<>(stretch);
              Collections.shuffle(any, random);
              shuffled.addAll(any);
            });

    assertSame(judge(shuffled), judge(ordered));
  }

  @Test
  void doubledObservationsChangeNothing() {
    List<LifeObservation> once = changeable().observations();
    List<LifeObservation> twice =
        once.stream().flatMap(observation -> List.of(observation, observation).stream()).toList();

    assertSame(judge(twice), judge(once));
  }

  @Test
  void packingBetweenAnyTwoObservationsChangesNothing() {
    ServiceHistory packed = ServiceHistory.initial();
    List<ServiceEvent> events = new ArrayList<>();
    List<LifeObservation> observations = changeable().observations();
    for (LifeObservation observation : observations) {
      ServiceStep step =
          detector.next(
              ServiceHistory.unpack(packed.pack()), LifeObservation.unpack(observation.pack()));
      packed = step.history();
      events.addAll(step.events());
    }
    ServiceStep end = detector.close(packed);
    events.addAll(end.events());

    assertSame(new Judged(events, end.history()), judge(observations));
  }

  @Test
  void lateObservationIsNamedAndLeavesTheHistoryAsItWas() {
    List<LifeObservation> observations = changeable().observations();
    ServiceHistory history = judge(observations).history();

    ServiceStep step = detector.next(history, observations.get(0));

    assertThat(step.ignored()).contains(Reason.LATE);
    assertThat(step.history()).isSameAs(history);
  }

  @Test
  void observationOfAnEarlierLifeIsNamed() {
    ServiceHistory history = judge(new ServiceLives().life("a", 2, 2, flat())).history();
    LifeObservation earlier =
        new LifeObservation(
            "a", ServiceLives.BEGIN_MS + 5 * ServiceLives.HOUR_MS, 1, false, 1, 1, List.of());

    assertThat(detector.next(history, earlier).ignored()).contains(Reason.EARLIER_LIFE);
  }

  @Test
  void tooManyProcessesAreNamedAndTheFirstByNameAreFollowed() {
    int most = ServicePolicy.DEFAULT.mostPlaces();
    ServiceHistory history = ServiceHistory.initial();
    Reason refused = Reason.LATE;
    for (int i = 0; i < most + 1; i++) {
      ServiceStep step = detector.next(history, quiet(String.format("p%05d", i), 0));
      history = step.history();
      refused = step.ignored().orElse(refused);
    }
    assertThat(refused).isEqualTo(Reason.CROWDED);

    history = detector.next(history, quiet("a", 0)).history();
    history = detector.next(history, quiet("p00000", 1)).history();

    assertThat(history.places()).hasSize(most).containsKey("a").doesNotContainKey("p01999");
    assertThat(detector.next(history, quiet("b", 1)).ignored()).contains(Reason.CROWDED);
  }

  @Test
  void serviceOfAThousandProcessesFitsAKafkaRecord() {
    ServiceHistory history = ServiceHistory.initial();
    for (int stretch = 0; stretch < 3; stretch++) {
      for (int i = 0; i < 1000; i++) {
        history =
            detector
                .next(history, quiet(String.format("checkout-7d9f8b6c5-%05d/1", i), stretch))
                .history();
      }
    }

    assertThat(history.pack()).hasSizeBetween(150_000, 300_000);
  }

  @Test
  void placesWithoutAProcessAreForgottenAfterADay() {
    ServiceLives lives = new ServiceLives().life("gone", 0, 3, flat()).life("here", 0, 40, flat());

    ServiceHistory history = judge(lives).history();

    assertThat(history.places()).containsOnlyKeys("here");
    assertThat(history.past()).hasSize(1);
  }

  @Property
  void noObservationIsEverAnError(@ForAll Random random) {
    ServiceHistory history = ServiceHistory.initial();
    for (int i = 0; i < 200; i++) {
      LifeObservation odd =
          new LifeObservation(
              "p" + random.nextInt(3),
              ServiceLives.BEGIN_MS + random.nextInt(1 << 30),
              random.nextInt(3) * ServiceLives.BEGIN_MS,
              random.nextBoolean(),
              random.nextInt(Integer.MAX_VALUE),
              random.nextInt(Integer.MAX_VALUE),
              List.of());
      history = detector.next(history, odd).history();
      assertThat(ServiceHistory.unpack(history.pack()).pack()).isEqualTo(history.pack());
    }
  }

  /** Every kind of thing that happens to a service. */
  private static ServiceLives changeable() {
    ServiceLives lives = new ServiceLives();
    for (String place : List.of("a", "b", "c", "d")) {
      lives.life(place, 0, 10, cache(150, 3)).life(place, 10.2, 12, cache(150, 3));
    }
    return lives
        .life("tenant", 0, 10, leak(40))
        .life("tenant", 10.1, 12, flat())
        .life("late", 5, 17, cache(150, 3));
  }

  private static LifeObservation quiet(String place, int stretch) {
    long atMs = ServiceLives.BEGIN_MS + stretch * ServicePolicy.DEFAULT.stretchMs() + 120_000;
    return new LifeObservation(
        place, atMs, ServiceLives.BEGIN_MS, false, 100_000, 50_000, List.of());
  }

  private static long stretch(LifeObservation observation) {
    return (observation.atMs() - 1) / ServicePolicy.DEFAULT.stretchMs();
  }

  private static void assertSame(Judged judged, Judged wanted) {
    assertThat(judged.events()).isEqualTo(wanted.events()).isNotEmpty();
    assertThat(judged.history().pack()).isEqualTo(wanted.history().pack());
  }
}
