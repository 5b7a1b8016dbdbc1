package dev.hognose.loop;

import static dev.hognose.loop.Blocks.T0;
import static dev.hognose.loop.Blocks.blamed;
import static dev.hognose.loop.Blocks.block;
import static dev.hognose.loop.Blocks.event;
import static dev.hognose.loop.Blocks.lasting;
import static dev.hognose.loop.Blocks.process;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.fixture.LoopBlockBuilder;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told in the end does not depend on the order in which processes are read. */
class ArrivalOrderTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void shuffledEventsEndInTheSameAlerts(long seed) {
    Random random = new Random(seed);
    List<Event> events = anHourOfBlocks(random);
    List<Event> shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, random);

    assertThat(alertsOf(events)).isNotEmpty();
    assertThat(alertsOf(shuffled)).isEqualTo(alertsOf(events));
  }

  /** Episodes that share a minute: what closes the gap between them joins what they cost in it. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void shuffledEventsOfAShortQuietTimeEndInTheSameAlerts(long seed) {
    Random random = new Random(seed);
    List<Event> events = new ArrayList<>();
    for (int number = 0; number < 12; number++) {
      Instant at = T0.plusMillis(random.nextInt(200_000));
      LoopBlock block = block(number, at, Duration.ofMillis(200 + random.nextInt(600)));
      events.add(event(process(random.nextInt(2)), number + 1, block));
    }
    List<Event> shuffled = new ArrayList<>(events);
    events.sort(Comparator.comparing(Event::at));
    LoopBlockPolicy policy = LoopBlockPolicy.DEFAULT.withQuiet(Duration.ofSeconds(20));

    assertThat(alertsOf(shuffled, policy)).isEqualTo(alertsOf(events, policy));
  }

  /** Two loops of a process share no minute, whether their blocks come in turn or close a gap. */
  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43, 44, 45, 46, 47, 48, 49, 50})
  void shuffledEventsOfSeveralLoopsEndInTheSameAlerts(long seed) {
    Random random = new Random(seed);
    List<Event> events = new ArrayList<>();
    for (int number = 0; number < 12; number++) {
      Instant at = T0.plusMillis(random.nextInt(200_000));
      LoopBlock block = block(number, at, Duration.ofMillis(150 + random.nextInt(300)));
      String loop = "loop-" + random.nextInt(3);
      events.add(
          event(
              process(1),
              number + 1,
              LoopBlockBuilder.like(block).in(loop, "Task-1", "checkout").build()));
    }
    List<Event> shuffled = new ArrayList<>(events);
    events.sort(Comparator.comparing(Event::at));
    LoopBlockPolicy policy = LoopBlockPolicy.DEFAULT.withQuiet(Duration.ofSeconds(20));

    assertThat(alertsOf(shuffled, policy)).isEqualTo(alertsOf(events, policy));
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25})
  void readingOneProcessAfterTheOtherEndsInTheSameAlerts(long seed) {
    List<Event> events = anHourOfBlocks(new Random(seed));
    List<Event> byProcess = new ArrayList<>(events);
    byProcess.sort(Comparator.comparing(event -> event.process().key()));

    assertThat(alertsOf(byProcess)).isEqualTo(alertsOf(events));
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void aTimerThatInterruptsChangesNothing(long seed) {
    Random random = new Random(seed);
    List<Event> events = anHourOfBlocks(random);
    Service interrupted = new Service(LoopBlockPolicy.DEFAULT);
    for (Event event : events) {
      interrupted.take(event);
      if (random.nextInt(5) == 0) {
        interrupted.quiet();
      }
    }
    interrupted.quiet();

    assertThat(interrupted.told()).isEqualTo(alertsOf(events));
  }

  private static Map<String, Alert> alertsOf(List<Event> events) {
    return alertsOf(events, LoopBlockPolicy.DEFAULT);
  }

  private static Map<String, Alert> alertsOf(List<Event> events, LoopBlockPolicy policy) {
    Service service = new Service(policy);
    events.forEach(service::take);
    service.quiet();
    return service.told();
  }

  /** Two culprits, five processes, long and short blocks, in the order in which they are told. */
  private static List<Event> anHourOfBlocks(Random random) {
    List<Event> events = new ArrayList<>();
    for (int process = 0; process < 5; process++) {
      Instant at = T0;
      long sequence = 0;
      for (int id = 0; id < 12; id++) {
        at = at.plusMillis(1_000 + (long) (random.nextDouble() * random.nextDouble() * 900_000));
        LoopBlock whole = culprit(random, block(id, at, duration(random)));
        if (whole.duration().compareTo(Duration.ofSeconds(1)) > 0) {
          events.add(event(process(process), ++sequence, lasting(whole, Duration.ofSeconds(1))));
        }
        events.add(event(process(process), ++sequence, whole));
        at = whole.until();
      }
    }
    events.sort(Comparator.comparing(Event::at).thenComparing(event -> event.process().key()));
    return events;
  }

  private static Duration duration(Random random) {
    return Duration.ofMillis(100 + random.nextInt(random.nextBoolean() ? 500 : 4_000));
  }

  private static LoopBlock culprit(Random random, LoopBlock block) {
    int which = random.nextInt(2);
    return blamed(
        block,
        new Frame("/srv/shop/views.py", 10 * which + random.nextInt(3), "view_" + which),
        LoopBlock.Cause.CPU);
  }
}
