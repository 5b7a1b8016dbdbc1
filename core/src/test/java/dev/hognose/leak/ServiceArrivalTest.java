package dev.hognose.leak;

import static dev.hognose.leak.ServiceLives.cache;
import static dev.hognose.leak.ServiceLives.flat;
import static dev.hognose.leak.ServiceLives.leak;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.leak.ServiceStep.Fate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In whatever order, number and shape observations come, and how many a service may have. */
class ServiceArrivalTest {

  private static final long NOTHING_READ = 0;

  private final ServiceDetector detector = new ServiceDetector(ServicePolicy.DEFAULT);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theOrderOfArrivalChangesNothing(long seed) {
    List<LifeObservation> ordered = changeable().observations();
    List<LifeObservation> shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(seed));

    assertSame(JudgedService.of(shuffled), JudgedService.of(ordered));
  }

  @Test
  void doubledObservationsChangeNothing() {
    List<LifeObservation> once = changeable().observations();
    List<LifeObservation> twice =
        once.stream().flatMap(observation -> List.of(observation, observation).stream()).toList();

    assertSame(JudgedService.of(twice), JudgedService.of(once));
  }

  @Test
  void packingBetweenAnyTwoStretchesChangesNothing() {
    List<LifeObservation> observations = changeable().observations();
    List<LifeObservation> packed =
        observations.stream().map(each -> LifeObservation.unpack(each.pack())).toList();

    assertSame(
        JudgedService.of(packed, history -> ServiceHistory.unpack(history.pack())),
        JudgedService.of(observations));
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
        JudgedService.of(new ServiceLives().life("a", 2, 2, flat()).life("b", 2, 2, flat()))
            .history();
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
    ServiceHistory full = JudgedService.of(List.of(all)).history();
    assertThat(full.places()).hasSize(most).containsKey("p00000").doesNotContainKey("p02000");
    assertThat(fates(full, quiet("a", 1))).containsExactly(Fate.CROWDED);
  }

  @Test
  void aClockThatWasSetBackStartsItsLifeAnew() {
    ServiceLives lives = new ServiceLives().life("a", 2, 4, flat()).life("b", 2, 4, flat());
    ServiceHistory history = JudgedService.of(lives).history();
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

    assertThat(JudgedService.of(shown).history().pack()).hasSizeBetween(50_000, 150_000);
  }

  @Test
  void placesWithoutAProcessAreForgottenAfterADay() {
    ServiceLives lives = new ServiceLives().life("gone", 0, 3, flat()).life("here", 0, 40, flat());

    ServiceHistory history = JudgedService.of(lives).history();

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

  private List<ServiceStep.Fate> fates(ServiceHistory history, LifeObservation... observations) {
    long stretch = Math.max(history.stretch() + 1, detector.stretch(observations[0], NOTHING_READ));
    return detector.judge(history, stretch, List.of(observations)).fates();
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

  private static void assertSame(JudgedService judged, JudgedService wanted) {
    assertThat(judged.events()).isEqualTo(wanted.events()).isNotEmpty();
    assertThat(judged.history().pack()).isEqualTo(wanted.history().pack());
  }
}
