package dev.hognose.leak;

import static dev.hognose.leak.Shop.at;
import static dev.hognose.leak.Shop.event;
import static dev.hognose.leak.Shop.retention;
import static dev.hognose.leak.Shop.site;
import static dev.hognose.leak.Shop.window;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.leak.Observation.Happened;
import dev.hognose.leak.Observation.Sampled;
import dev.hognose.sample.Event;
import dev.hognose.sample.Stopped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service says of a process comes when it comes: what is told of it is the same. */
class LateWordsTest {

  private static final int SAMPLES = 560;
  private static final int NEVER_LATE = 0;
  private static final int TWO_STRETCHES = 64;
  private static final LeakPolicy POLICY = LeakPolicy.PAGER.withBucket(Duration.ofSeconds(1));

  /** A word on its way. */
  private record OnItsWay(ServiceWord word, int due) {}

  private final ServiceDetector service = ServiceDetector.beside(POLICY).orElseThrow();
  private final LeakWatch watch =
      new LeakWatch(POLICY, LeakAlertPolicy.DEFAULT, Optional.of(service.policy()));
  private final Map<String, Alert> told = new LinkedHashMap<>();
  private final TreeMap<Long, TreeMap<String, LifeObservation>> held = new TreeMap<>();
  private final Map<Long, Integer> dueOf = new HashMap<>();
  private final Deque<OnItsWay> onTheirWay = new ArrayDeque<>();
  private LeakLife life = LeakLife.begin(Shop.PROCESS);
  private LeakEvidence evidence = LeakEvidence.NONE;
  private ServiceHistory history = ServiceHistory.initial();
  private UnheardWords unheard = UnheardWords.NONE;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void ofAProcessAlone(int seed) {
    Map<String, Alert> prompt = new LateWordsTest().live(seed, NEVER_LATE, false);

    assertThat(prompt).hasSize(1);
    assertThat(live(seed, TWO_STRETCHES, false)).as("seed %d", seed).isEqualTo(prompt);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void besideAPeer(int seed) {
    Map<String, Alert> prompt = new LateWordsTest().live(seed, NEVER_LATE, true);

    assertThat(prompt).hasSize(1);
    assertThat(prompt.values()).allSatisfy(alert -> assertThat(alert.processesAffected()).isOne());
    assertThat(live(seed, TWO_STRETCHES, true)).as("seed %d", seed).isEqualTo(prompt);
  }

  @Test
  void aProcessIsOnlySuspectedUntilItsServiceWasAsked() {
    for (int n = 0; n < SAMPLES; n++) {
      take(new Sampled(Shop.leaking(n)), n);
    }

    assertThat(life.state().ownLeak()).isPresent();
    assertThat(told).isEmpty();
    assertThat(life.toldTrend().orElseThrow().verdict()).isEqualTo(Trend.Verdict.SUSPECT);
  }

  @Test
  void whatIsSaidOfATimeThatAProcessHasNotReachedWaits() {
    for (int n = 0; n < SAMPLES; n++) {
      take(new Sampled(Shop.leaking(n)), n);
    }
    LeakLife gone = watch.silence(life, evidence).life();

    assertThat(gone.hasReached(at(SAMPLES - 1 + 80))).isTrue();
    assertThat(gone.hasReached(at(SAMPLES - 1 + 81))).isFalse();
  }

  /** Ends of alerts, of a process that stops at the end, with words up to so many samples late. */
  private Map<String, Alert> live(int seed, int latest, boolean hasPeer) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int n = 0; n < SAMPLES; n++) {
      if (hasPeer && n % 32 == 31) {
        show(steadyPeer(n), n);
      }
      judge(n);
      arrive(n);
      take(new Sampled(Shop.leaking(n)), n + (latest == 0 ? 0 : random.nextInt(latest)));
      if (n % 60 == 59) {
        take(new Happened(evidence(n)), n);
      }
    }
    Event stopped = event(at(SAMPLES), new Stopped(Stopped.Reason.EXIT, 0));
    take(new Happened(stopped), SAMPLES);
    arrive(Integer.MAX_VALUE);
    return told;
  }

  private static Event evidence(int n) {
    return n % 120 == 59
        ? event(at(n), window(site(Shop.PLANTED, 900)))
        : event(at(n), retention("shop.faults.CARTS", n));
  }

  private static LifeObservation steadyPeer(int n) {
    long startedAtMs = Shop.T0.toEpochMilli();
    return new LifeObservation(
        "web-2/1", at(n).toEpochMilli(), startedAtMs, n < 32, 90_000, 40_000, List.of());
  }

  private void take(Observation observation, int due) {
    LeakWatchStep step = watch.next(life, evidence, observation);
    keep(step);
    step.shown().ifPresent(shown -> show(shown, due));
  }

  /** What is shown is judged when the process has come to the end of the stretch's grace. */
  private void show(LifeObservation shown, int due) {
    held.computeIfAbsent(service.stretch(shown, 0), stretch -> new TreeMap<>())
        .merge(shown.place(), shown, LifeObservation::or);
    dueOf.put(service.stretch(shown, 0), due);
  }

  private void judge(int n) {
    long open = service.open(at(n).toEpochMilli());
    for (long stretch : List.copyOf(held.headMap(open).keySet())) {
      Map<String, LifeObservation> over = Objects.requireNonNull(held.remove(stretch));
      ServiceStep step = service.judge(history, stretch, over.values());
      history = step.history();
      int due = Math.max(n, dueOf.getOrDefault(stretch, n));
      int notBefore = onTheirWay.isEmpty() ? due : Math.max(due, onTheirWay.getLast().due());
      step.words().stream()
          .filter(word -> word.startedAtMs() != 0 && word.place().startsWith("web-1"))
          .forEach(word -> onTheirWay.add(new OnItsWay(word, notBefore)));
    }
  }

  private void arrive(int n) {
    while (!onTheirWay.isEmpty() && onTheirWay.getFirst().due() <= n) {
      unheard = unheard.and(onTheirWay.removeFirst().word());
    }
    unheard = UnheardWords.unpack(unheard.pack());
    while (!unheard.isEmpty() && life.hasReached(unheard.first().at())) {
      keep(watch.heard(life, evidence, unheard.first()));
      unheard = unheard.afterFirst();
    }
  }

  private void keep(LeakWatchStep step) {
    life = step.life();
    evidence = step.evidence();
    step.alerts().forEach(alert -> told.put(alert.id(), alert));
  }
}
