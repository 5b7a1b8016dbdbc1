package dev.hognose.loop;

import static dev.hognose.loop.Blocks.T0;
import static dev.hognose.loop.Blocks.block;
import static dev.hognose.loop.Blocks.event;
import static dev.hognose.loop.Blocks.lasting;
import static dev.hognose.loop.Blocks.process;
import static dev.hognose.loop.Blocks.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Event;
import dev.hognose.sample.LoopBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A culprit with more blocks than are known one by one. */
class BusyCulpritTest {

  private final Service service = new Service(LoopBlockPolicy.DEFAULT);

  /** Of each process so many a minute, evenly, as all of them come. */
  private static List<Event> evenly(int processes, int blocks, Duration length) {
    List<Event> events = new ArrayList<>();
    Duration between = Duration.ofMinutes(1).dividedBy((long) blocks * processes);
    for (int number = 0; number < blocks; number++) {
      for (int process = 0; process < processes; process++) {
        Instant at = T0.plus(between.multipliedBy(events.size()));
        events.add(event(process(process), number + 1, block(number, at, length)));
      }
    }
    return events;
  }

  /** Each loop loses the same share of its minute: a hundredth is worth telling. */
  @ParameterizedTest
  @CsvSource({"5, 30", "300, 20", "1000, 30"})
  void whatShortBlocksCostALoopIsAddedUpHoweverManyProcessesThereAre(int processes, int blocks) {
    evenly(processes, blocks, seconds(0.1)).forEach(service::take);
    service.quiet();

    assertThat(service.told()).hasSize(1);
    assertThat(service.evidence("blocks")).isEqualTo(processes * blocks);
    assertThat(service.evidence("worst_minute_share")).isCloseTo(blocks * 0.1 / 60, within(1e-9));
  }

  @Test
  void blocksThatCostLessThanTheShareAreNotTold() {
    evenly(1_000, 6, seconds(0.1)).forEach(service::take);
    service.quiet();

    assertThat(service.told()).isEmpty();
  }

  /** Of a partition after the other: none of it is too old to be counted. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void partitionsMayBeReadOneAfterTheOther(long seed) {
    List<Event> events = evenly(8, 60, seconds(0.1));
    List<Event> byPartition = new ArrayList<>(events);
    List<Integer> partition = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7));
    Collections.shuffle(partition, new Random(seed));
    byPartition.sort(Comparator.comparing(each -> partition.get((int) each.process().pid() - 100)));
    Service other = new Service(LoopBlockPolicy.DEFAULT);

    events.forEach(service::take);
    service.quiet();
    byPartition.forEach(other::take);
    other.quiet();

    assertThat(service.told()).hasSize(1);
    assertThat(other.told().keySet()).isEqualTo(service.told().keySet());
    assertThat(other.last()).isEqualTo(service.last());
  }

  /** While others have so many short blocks a second in the same line. */
  @ParameterizedTest
  @ValueSource(ints = {2, 20, 200})
  void aLongBlockIsToldWithAllThatItCost(int others) {
    LoopBlock whole = block(1, T0, seconds(99));
    for (int second = 0; second <= 100; second++) {
      if (List.of(1, 10, 99).contains(second)) {
        service.take(event(process(999), second, second == 99 ? whole : sofar(whole, second)));
      }
      for (int number = 0; number < others; number++) {
        Instant at = T0.plusMillis(1_000L * second + 1_000L * number / others);
        service.take(event(process(number), second + 1, block(second, at, seconds(0.2))));
      }
    }

    assertThat(service.last().severity()).isEqualTo(Alert.Severity.CRITICAL);
    service.quiet();
    assertThat(service.last().title()).contains("99 s at worst");
    assertThat(service.evidence("blocks")).isEqualTo(101 * others + 1);
    assertThat(service.evidence("lost")).isCloseTo(101 * others * 0.2 + 99, within(1e-6));
  }

  private static LoopBlock sofar(LoopBlock whole, int second) {
    return lasting(whole, seconds(second));
  }

  /** More than are known one by one hang at once: what each cost so far is told at least. */
  @Test
  void whoeverHangsLongestIsToldOfHoweverManyHang() {
    for (int second : new int[] {1, 10}) {
      for (int process = 0; process < 300; process++) {
        LoopBlock whole = block(1, T0.plusMillis(process), seconds(30));
        service.take(event(process(process), second, lasting(whole, seconds(second))));
      }
    }
    service.take(event(process(0), 30, block(1, T0, seconds(30))));
    service.quiet();

    assertThat(service.evidence("blocks")).isEqualTo(300);
    assertThat(service.last().processesAffected()).isEqualTo(300);
    assertThat(service.last().title()).contains("blocked 300 times, 30 s at worst");
    assertThat(service.evidence("lost")).isBetween(300.0, 3_030.0);
  }
}
