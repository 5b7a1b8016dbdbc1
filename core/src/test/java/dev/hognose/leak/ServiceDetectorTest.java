package dev.hognose.leak;

import static dev.hognose.leak.ServiceLives.cache;
import static dev.hognose.leak.ServiceLives.flat;
import static dev.hognose.leak.ServiceLives.leak;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hognose.leak.ServiceStep.Fate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceDetectorTest {

  private static final long NOTHING_READ = 0;

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
    return judge(observations, UnaryOperator.identity());
  }

  /** Judges what is shown, with what happens to the history between two stretches. */
  private Judged judge(List<LifeObservation> observations, UnaryOperator<ServiceHistory> between) {
    TreeMap<Long, TreeMap<String, LifeObservation>> stretches = new TreeMap<>();
    for (LifeObservation observation : observations) {
      stretches
          .computeIfAbsent(detector.stretch(observation, NOTHING_READ), n -> new TreeMap<>())
          .merge(observation.place(), observation, LifeObservation::or);
    }
    List<ServiceEvent> events = new ArrayList<>();
    ServiceHistory history = ServiceHistory.initial();
    for (Map.Entry<Long, TreeMap<String, LifeObservation>> over : stretches.entrySet()) {
      ServiceStep step =
          detector.judge(between.apply(history), over.getKey(), over.getValue().values());
      history = step.history();
      events.addAll(step.events());
    }
    return new Judged(events, history);
  }

  private List<ServiceStep.Fate> fates(ServiceHistory history, LifeObservation... observations) {
    long stretch = Math.max(history.stretch() + 1, detector.stretch(observations[0], NOTHING_READ));
    return detector.judge(history, stretch, List.of(observations)).fates();
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
      lives.life(place, 0, 20, cache(300, 9.5));
    }

    assertThat(judge(lives).accused()).isEmpty();
    assertThat(lives.accusedAlone()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void cachesThatFillEverSlowerAreNoLeak() {
    ServiceLives lives = new ServiceLives();
    for (String place : List.of("a", "b", "c")) {
      lives.life(place, 0, 48, hour -> 30 * Math.log1p(hour / 0.5));
    }

    assertThat(judge(lives).accused()).isEmpty();
  }

  /** A day's traffic, and a deploy between its evening and its morning. */
  private static ServiceLives morningsAfterEvenings(double mibPerHour) {
    ServiceLives lives = new ServiceLives();
    for (String place : List.of("a", "b", "c")) {
      lives
          .life(place, 0, 12, hour -> Math.max(0, 60 - 8 * hour))
          .life(place, 12.1, 12, leak(mibPerHour));
    }
    return lives;
  }

  @Test
  void whatLivesHaveGivenBackIsNoLeakWhenItRisesAgain() {
    ServiceLives lives = morningsAfterEvenings(7);

    assertThat(judge(lives).accused()).isEmpty();
    assertThat(lives.accusedAlone()).containsExactly("a", "b", "c");
  }

  @Test
  void growthBeyondWhatLivesHaveGivenBackIsALeak() {
    assertThat(judge(morningsAfterEvenings(20)).accused()).containsExactly("a", "b", "c");
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
  void leakInLivesTooShortToShowItIsToldByTheirSum() {
    ServiceLives lives = new ServiceLives();
    for (String place : List.of("a", "b")) {
      double from = 0;
      for (double hours : new double[] {3.5, 1.4, 3.2, 1.6, 3.6, 1.2, 3.3, 3.5}) {
        lives.life(place, from, hours, leak(60));
        from += hours;
      }
    }

    assertThat(judge(lives).accused()).containsExactly("a", "b");
    assertThat(lives.accusedAlone()).isEmpty();
  }

  @Test
  void manyTimesALittleIsNoReasonForHaste() {
    ServiceLives lives = new ServiceLives();
    for (String place : List.of("a", "b", "c")) {
      lives.life(place, 0, 9, flat());
    }
    lives.life("busy", 0, 9, cache(22, 6));

    assertThat(judge(lives).accused()).isEmpty();
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

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theOrderOfArrivalChangesNothing(long seed) {
    List<LifeObservation> ordered = changeable().observations();
    List<LifeObservation> shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(seed));

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
  void packingBetweenAnyTwoStretchesChangesNothing() {
    List<LifeObservation> observations = changeable().observations();
    List<LifeObservation> packed =
        observations.stream().map(each -> LifeObservation.unpack(each.pack())).toList();

    assertSame(
        judge(packed, history -> ServiceHistory.unpack(history.pack())), judge(observations));
  }

  @Test
  void whatIsReadAfterItsStretchWasOverCountsInTheNextAndIsNamed() {
    LifeObservation observation = quiet("a", 3);
    long stretch = detector.stretch(observation, NOTHING_READ);
    long overMs = ServicePolicy.DEFAULT.judgedMs(stretch);

    assertThat(detector.stretch(observation, overMs - 1)).isEqualTo(stretch);
    assertThat(detector.stretch(observation, overMs)).isEqualTo(stretch + 1);
    ServiceStep late = detector.judge(ServiceHistory.initial(), stretch + 1, List.of(observation));
    assertThat(late.fates()).containsExactly(Fate.LATE);
    assertThat(late.history().places()).containsOnlyKeys("a");
    assertThat(late.words().get(0).at()).isEqualTo(Instant.ofEpochMilli(overMs));
  }

  @Test
  void observationOfAnEarlierLifeIsNamedAndItsProcessJudgedAlone() {
    ServiceHistory history =
        judge(new ServiceLives().life("a", 2, 2, flat()).life("b", 2, 2, flat())).history();
    LifeObservation earlier =
        new LifeObservation(
            "a", ServiceLives.BEGIN_MS + 5 * ServiceLives.HOUR_MS, 1, false, 1, 1, List.of());

    ServiceStep step = detector.judge(history, history.stretch() + 1, List.of(earlier));

    assertThat(step.fates()).containsExactly(Fate.EARLIER_LIFE);
    assertThat(step.words()).singleElement().matches(word -> !word.isOfPeers());
    assertThat(step.history().places()).isEqualTo(history.places());
  }

  @Test
  void ofTwoLivesAtOnePlaceInOneStretchTheLaterCountsWhateverTheOrder() {
    LifeObservation died = new LifeObservation("a", 9_000, 1_000, false, 1, 1, List.of());
    LifeObservation born = new LifeObservation("a", 8_000, 5_000, true, 2, 2, List.of());

    assertThat(died.or(born)).isSameAs(born);
    assertThat(born.or(died)).isSameAs(born);
  }

  @Test
  void tooManyProcessesAreNamedAndTheFirstByNameAreFollowed() {
    int most = ServicePolicy.DEFAULT.mostPlaces();
    LifeObservation[] all =
        IntStream.range(0, most + 1)
            .mapToObj(i -> quiet(String.format("p%05d", i), 0))
            .toArray(LifeObservation[]::new);

    assertThat(fates(ServiceHistory.initial(), all))
        .startsWith(Fate.COUNTED)
        .endsWith(Fate.CROWDED)
        .containsOnlyOnce(Fate.CROWDED);
    ServiceHistory full = judge(List.of(all)).history();
    assertThat(full.places()).hasSize(most).containsKey("p00000").doesNotContainKey("p02000");
    assertThat(fates(full, quiet("a", 1))).containsExactly(Fate.CROWDED);
  }

  @Test
  void aClockThatWasSetBackStartsItsLifeAnew() {
    ServiceLives lives = new ServiceLives().life("a", 2, 4, flat()).life("b", 2, 4, flat());
    ServiceHistory history = judge(lives).history();
    long startedAtMs = life(history).startedAtMs();
    LifeObservation back =
        new LifeObservation(
            "a", startedAtMs - ServiceLives.HOUR_MS, startedAtMs, true, 9, 9, List.of());

    ServiceStep step = detector.judge(history, history.stretch() + 1, List.of(back));

    assertThat(step.fates()).containsExactly(Fate.LATE);
    assertThat(life(step.history()).livedMs()).isZero();
  }

  @Test
  void serviceOfAThousandProcessesFitsAKafkaRecord() {
    List<LifeObservation> shown = new ArrayList<>();
    for (int stretch = 0; stretch < 3; stretch++) {
      for (int i = 0; i < 1000; i++) {
        shown.add(quiet(String.format("checkout-7d9f8b6c5-%05d/1", i), stretch));
      }
    }

    assertThat(judge(shown).history().pack()).hasSizeBetween(50_000, 150_000);
  }

  @Test
  void placesWithoutAProcessAreForgottenAfterADay() {
    ServiceLives lives = new ServiceLives().life("gone", 0, 3, flat()).life("here", 0, 40, flat());

    ServiceHistory history = judge(lives).history();

    assertThat(history.places()).containsOnlyKeys("here");
    assertThat(history.past()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noObservationIsEverAnError(long seed) {
    Random random = new Random(seed);
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
      ServiceStep step = detector.judge(history, history.stretch() + 1, List.of(odd));
      history = step.history();
      assertThat(step.words()).as("seed %d", seed).hasSize(1);
      assertThat(ServiceHistory.unpack(history.pack()).pack()).isEqualTo(history.pack());
    }
  }

  private static Life life(ServiceHistory history) {
    return Objects.requireNonNull(history.places().get("a")).life();
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

  private static void assertSame(Judged judged, Judged wanted) {
    assertThat(judged.events()).isEqualTo(wanted.events()).isNotEmpty();
    assertThat(judged.history().pack()).isEqualTo(wanted.history().pack());
  }
}
