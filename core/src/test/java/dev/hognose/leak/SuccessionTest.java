package dev.hognose.leak;

import static dev.hognose.leak.ServiceLives.flat;
import static dev.hognose.leak.ServiceLives.leak;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers that a supervisor starts anew under another pid. */
class SuccessionTest {

  private static final ServiceDetector DETECTOR = new ServiceDetector(ServicePolicy.DEFAULT);

  private final List<ServiceEvent> events = new ArrayList<>();
  private final List<ServiceWord> words = new ArrayList<>();
  private ServiceHistory history = ServiceHistory.initial();

  private void judge(ServiceLives lives) {
    judge(lives.observations());
  }

  private void judge(List<LifeObservation> observed) {
    TreeMap<Long, TreeMap<String, LifeObservation>> stretches = new TreeMap<>();
    for (LifeObservation observation : observed) {
      stretches
          .computeIfAbsent(DETECTOR.stretch(observation, 0), stretch -> new TreeMap<>())
          .put(observation.place(), observation);
    }
    stretches.forEach(
        (stretch, observations) -> {
          ServiceStep step =
              DETECTOR.judge(ServiceHistory.unpack(history.pack()), stretch, observations.values());
          history = step.history();
          events.addAll(step.events());
          words.addAll(step.words());
        });
  }

  /** Two workers at rest, and one that has been told as leaking when it ends after 6 hours. */
  private static ServiceLives leakThatEnds() {
    return new ServiceLives()
        .life("web/1", 0, 12, flat())
        .life("web/2", 0, 12, flat())
        .life("web/3", 0, 6, leak(30));
  }

  private List<String> leaking() {
    return history.places().keySet().stream()
        .filter(place -> history.leak(place).isPresent())
        .toList();
  }

  private List<String> onsets() {
    return events.stream()
        .filter(told -> told.event() instanceof LeakEvent.Onset)
        .map(ServiceEvent::place)
        .toList();
  }

  @Test
  void leakGoesOnInTheWorkerThatFollows() {
    judge(leakThatEnds().life("web/4", 6.05, 5.9, leak(30)));

    assertThat(onsets()).containsExactly("web/3");
    assertThat(leaking()).containsExactly("web/4");
    assertThat(history.places()).doesNotContainKey("web/3");
    assertThat(history.past()).hasSize(1);
  }

  /** The last one may have been late in the stretch in which this one is new. */
  @Test
  void itIsToldWithTheSecondWordOnThatWorker() {
    judge(leakThatEnds().life("web/4", 6.05, 2, leak(30)));

    List<ServiceWord> told = words.stream().filter(word -> word.place().equals("web/4")).toList();
    assertThat(told).hasSizeGreaterThan(3);
    assertThat(told.get(0).leak()).isEmpty();
    assertThat(told.subList(1, told.size()))
        .allSatisfy(word -> assertThat(word.leak()).isPresent());
  }

  /** Whichever stretch it is late in, while a young worker looks for a place to take. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void aWorkerThatIsLateOnceKeepsItsLeak(int missed) {
    ServiceLives lives =
        new ServiceLives()
            .life("web/1", 0, 12, flat())
            .life("web/3", 0, 12, leak(30))
            .life("web/4", 6.05, 5.9, flat());
    long from = DETECTOR.stretch(firstOf(lives, "web/4"), 0) + missed - 1;

    judge(
        lives.observations().stream()
            .filter(each -> !(each.place().equals("web/3") && DETECTOR.stretch(each, 0) == from))
            .toList());

    assertThat(onsets()).containsExactly("web/3");
    assertThat(leaking()).containsExactly("web/3");
    assertThat(history.places()).containsOnlyKeys("web/1", "web/3", "web/4");
  }

  private static LifeObservation firstOf(ServiceLives lives, String place) {
    return lives.observations().stream()
        .filter(each -> each.place().equals(place))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void itIsOverWhenThatWorkerDoesNotGrow() {
    judge(leakThatEnds().life("web/4", 6.05, 5.9, flat()));

    assertThat(leaking()).isEmpty();
    assertThat(events).hasSize(2);
    assertThat(events.get(1).place()).isEqualTo("web/4");
    assertThat(events.get(1).event()).isInstanceOf(LeakEvent.Clear.class);
    assertThat(ServiceLives.hour(events.get(1).event())).isBetween(8.0, 9.5);
  }

  @Test
  void oneFollowsOne() {
    judge(leakThatEnds().life("web/4", 6.05, 1.5, flat()).life("web/5", 6.05, 1.5, flat()));

    assertThat(leaking()).hasSize(1);
  }

  @Test
  void workerThatLeaksIsFollowedFirst() {
    judge(
        new ServiceLives()
            .life("web/1", 0, 12, flat())
            .life("web/2", 0, 6.02, flat())
            .life("web/3", 0, 6, leak(30))
            .life("web/9", 0, 6.02, flat())
            .life("web/4", 6.05, 1.5, flat()));

    assertThat(leaking()).containsExactly("web/4");
    assertThat(history.places()).containsOnlyKeys("web/1", "web/2", "web/4", "web/9");
  }

  /** A new worker is started before the last one is stopped, and both see a stretch end. */
  @Test
  void workersMayOverlapByAFewMinutes() {
    judge(leakThatEnds().life("web/4", 5.85, 5, leak(30)));

    assertThat(onsets()).containsExactly("web/3");
    assertThat(leaking()).containsExactly("web/4");
  }

  @Test
  void anotherHostFollowsNobody() {
    judge(leakThatEnds().life("api/4", 6.05, 1.5, flat()));

    assertThat(leaking()).containsExactly("web/3");
  }

  @Test
  void workerThatComesMuchLaterFollowsNobody() {
    judge(leakThatEnds().life("web/4", 8, 2, flat()));

    assertThat(leaking()).containsExactly("web/3");
  }

  @Test
  void nobodyFollowsAWorkerThatLives() {
    judge(
        new ServiceLives()
            .life("web/1", 0, 12, flat())
            .life("web/2", 0, 12, flat())
            .life("web/3", 0, 12, leak(30))
            .life("web/4", 6.05, 5.9, flat()));

    assertThat(leaking()).containsExactly("web/3");
    assertThat(history.places()).hasSize(4);
  }

  @Test
  void placeWithoutAPidHasNoSuccessorButItself() {
    judge(
        new ServiceLives()
            .life("a", 0, 12, flat())
            .life("b", 0, 12, flat())
            .life("c", 0, 6, leak(30))
            .life("d", 6.05, 1.5, flat()));

    assertThat(leaking()).containsExactly("c");
  }

  @Test
  void livesTooShortToShowALeakAreAddedUp() {
    ServiceLives lives = new ServiceLives();
    double from = 0;
    int pid = 10;
    for (double hours : new double[] {3.5, 1.4, 3.2, 1.6, 3.6, 1.2, 3.3, 3.5}) {
      for (String host : List.of("a", "b")) {
        lives.life(host + "/" + pid, from, hours, leak(60));
      }
      pid++;
      from += hours + 0.01;
    }

    judge(lives);

    assertThat(lives.accusedAlone()).isEmpty();
    assertThat(onsets()).hasSize(2);
  }

  @Test
  void leakOfTheOnlyProcessOutlivesItsRestart() {
    judge(new ServiceLives().life("web/3", 0, 12.6, leak(10)).life("web/4", 12.65, 1.5, leak(10)));

    assertThat(leaking()).containsExactly("web/4");
  }

  @Test
  void leakOfTheOnlyProcessIsOverWhenItDoesNotGrowAnyMore() {
    judge(new ServiceLives().life("web/3", 0, 12.6, leak(10)).life("web/4", 12.65, 4, flat()));

    assertThat(leaking()).isEmpty();
    assertThat(events).singleElement().matches(told -> told.event() instanceof LeakEvent.Clear);
  }

  @Test
  void restartOfTheOnlyProcessThatHadNoLeakBeginsNone() {
    judge(new ServiceLives().life("web/3", 0, 6, leak(10)).life("web/4", 6.05, 3, flat()));

    assertThat(leaking()).isEmpty();
    assertThat(events).isEmpty();
  }
}
