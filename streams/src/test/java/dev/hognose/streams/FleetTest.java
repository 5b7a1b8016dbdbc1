package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Event;
import dev.hognose.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same fleet gives the same alerts, however its records arrive. */
class FleetTest {

  private static final long ANY_SEED = 1;
  private static final String AHEAD = "ahead";
  private static final Map<String, String> FAST = Map.of("LEAK_BUCKET", "1s");
  private static final Map<Long, Map<String, Alert>> TOLD_IN_ORDER = new ConcurrentHashMap<>();

  @Test
  void theSeedsHoldLeaksThatAreSharedAndLeaksThatAreNot() {
    List<Alert> all = new ArrayList<>();
    for (long seed = 0; seed < 8; seed++) {
      all.addAll(toldInOrder(seed).values());
    }

    assertThat(all).hasSizeGreaterThan(12);
    assertThat(all).extracting(Alert::processesAffected).contains(1);
    assertThat(all).anySatisfy(alert -> assertThat(alert.processesAffected()).isGreaterThan(1));
    assertThat(all).extracting(Alert::state).contains(Alert.State.FIRING, Alert.State.RESOLVED);
    assertThat(all).as("workers under another pid").anySatisfy(FleetTest::isOfAnotherPid);
  }

  private static void isOfAnotherPid(Alert alert) {
    assertThat(alert.process().orElseThrow().pid()).isGreaterThanOrEqualTo(20);
  }

  /**
   * Whole alerts of leaks; the figures of a forecast are those of the sample that was read last.
   */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
  void doubledAndLateSamplesChangeNothing(long seed) {
    Map<String, Alert> told = told(new Fleet(seed).disordered());

    assertThat(told.keySet()).as("seed %d", seed).isEqualTo(toldInOrder(seed).keySet());
    assertThat(leaks(told)).as("seed %d", seed).isEqualTo(leaks(toldInOrder(seed)));
  }

  private static List<Alert> leaks(Map<String, Alert> told) {
    return told.values().stream()
        .filter(alert -> alert.kind() == Alert.Kind.MEMORY_LEAK)
        .sorted(Comparator.comparing(Alert::id))
        .toList();
  }

  /** Whole alerts, all their figures: partitions far apart, words late, tasks that start anew. */
  @ParameterizedTest
  @CsvSource({"0, 4", "1, 4", "2, 12", "3, 12", "4, 3", "5, 12", "6, 2", "7, 4"})
  void howFarPartitionsAreReadApartChangesNothing(long seed, int partitions) {
    Fleet fleet = new Fleet(seed);
    Map<String, Alert> oneTask = new SeveralTasks(fleet.inPartitions(1), ANY_SEED).told();

    assertThat(oneTask).isNotEmpty();
    assertThat(new SeveralTasks(fleet.inPartitions(partitions), seed).told())
        .as("seed %d", seed)
        .isEqualTo(oneTask);
  }

  /** Whole alerts. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
  void restartsOfTheStreamChangeNothing(long seed) {
    List<Object> telemetry = new Fleet(seed).inOrder();
    RandomGenerator random = Fleet.random(seed);
    Pipeline running = new Pipeline(FAST);
    for (Object each : telemetry) {
      if (random.nextInt(500) == 0) {
        Pipeline next = running.restarted();
        running.close();
        running = next;
      }
      pipe(running, each);
    }
    Map<String, Alert> told = running.told();
    running.close();

    assertThat(told).as("seed %d", seed).isEqualTo(toldInOrder(seed));
  }

  /** Read first by a task that has never run, and by one that starts anew. */
  @ParameterizedTest
  @CsvSource({"0, 1", "1, 900", "2, 1800"})
  void aNewProcessWhoseClockIsADayAheadChangesNothingForOthers(long seed, int restartAfter) {
    List<Object> telemetry = new Fleet(seed).inOrder();
    Map<String, Alert> told;
    try (Pipeline before = new Pipeline(FAST)) {
      before.pipe(aheadByADay(0, telemetry.get(0)));
      telemetry.subList(0, restartAfter).forEach(each -> pipe(before, each));
      try (Pipeline after = before.restarted()) {
        after.pipe(aheadByADay(1, telemetry.get(restartAfter)));
        telemetry.subList(restartAfter, telemetry.size()).forEach(each -> pipe(after, each));
        told = after.told();
      }
    }
    told.values().removeIf(alert -> alert.service().equals(AHEAD));

    assertThat(told).as("seed %d", seed).isEqualTo(toldInOrder(seed)).isNotEmpty();
  }

  /** More of those that are ahead than of the others: what was read before the restart decides. */
  @ParameterizedTest
  @CsvSource({"1, 900", "2, 1800"})
  void howFarATaskHasReadOutlivesARestart(long seed, int restartAfter) {
    List<Object> telemetry = new Fleet(seed).inOrder();
    Map<String, Alert> told;
    try (Pipeline before = new Pipeline(FAST)) {
      telemetry.subList(0, restartAfter).forEach(each -> pipe(before, each));
      try (Pipeline after = before.restarted()) {
        after.pipe(aheadByADay(0, telemetry.get(restartAfter)));
        after.pipe(aheadByADay(1, telemetry.get(restartAfter)));
        pipe(after, telemetry.get(restartAfter));
        after.pipe(aheadByADay(2, telemetry.get(restartAfter + 20)));
        telemetry.subList(restartAfter + 1, telemetry.size()).forEach(each -> pipe(after, each));
        told = after.told();
      }
    }
    told.values().removeIf(alert -> alert.service().equals(AHEAD));

    assertThat(told).as("seed %d", seed).isEqualTo(toldInOrder(seed)).isNotEmpty();
  }

  private static Sample aheadByADay(int number, Object next) {
    Instant at = Fleet.at(next).plus(Duration.ofDays(1));
    return Telemetry.sample(Telemetry.process(AHEAD, number), 1, at);
  }

  /** Asked for by most tests, and made once. */
  private static Map<String, Alert> toldInOrder(long seed) {
    return TOLD_IN_ORDER.computeIfAbsent(seed, known -> told(new Fleet(known).inOrder()));
  }

  private static Map<String, Alert> told(List<Object> telemetry) {
    try (Pipeline pipeline = new Pipeline(FAST)) {
      telemetry.forEach(each -> pipe(pipeline, each));
      return pipeline.told();
    }
  }

  private static void pipe(Pipeline pipeline, Object telemetry) {
    if (telemetry instanceof Sample sample) {
      pipeline.pipeLive(sample);
    } else {
      pipeline.pipe((Event) telemetry);
    }
  }
}
