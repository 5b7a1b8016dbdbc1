package dev.hognose.streams;

import static dev.hognose.streams.Telemetry.T0;
import static dev.hognose.streams.Telemetry.blamed;
import static dev.hognose.streams.Telemetry.block;
import static dev.hognose.streams.Telemetry.event;
import static dev.hognose.streams.Telemetry.process;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hognose.alert.Alert;
import dev.hognose.loop.LoopBlockPolicy;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class LoopBlockTopologyTest {

  private static final Duration LONG = Duration.ofMillis(1_500);

  @Test
  void aHardBlockBecomesAnAlertThatResolvesInEventTime() {
    try (Pipeline pipeline = new Pipeline()) {
      pipeline.pipe(event(process("orders", 1), 1, block(1, T0, LONG)));

      TestRecord<String, Alert> firing = assertThat(pipeline.alerts()).singleElement().actual();
      assertThat(firing.key()).isEqualTo(firing.value().id());
      assertThat(firing.value().state()).isEqualTo(Alert.State.FIRING);
      assertThat(firing.value().culprit()).contains(Telemetry.CULPRIT);
      assertThat(firing.getRecordTime()).isEqualTo(T0.plus(LONG));
      assertThat(firing.headers().lastHeader("hognose-schema").value()).asString().isEqualTo("1");

      pipeline.advance(Duration.ofMinutes(10));
      assertThat(pipeline.alerts()).isEmpty();
      pipeline.advance(Duration.ofSeconds(6));
      assertThat(pipeline.alerts())
          .singleElement()
          .satisfies(
              resolved -> {
                assertThat(resolved.value().resolvedAt())
                    .contains(T0.plus(LONG).plus(Duration.ofMinutes(10)));
                assertThat(resolved.key()).isEqualTo(firing.key());
              });

      pipeline.advance(Duration.ofHours(2));
      assertThat(pipeline.alerts()).isEmpty();
      assertThat(pipeline.stored(LoopBlockProcessor.EPISODES)).isZero();
      assertThat(pipeline.stored(LoopBlockProcessor.CULPRITS)).isZero();
    }
  }

  @Test
  void everyServiceHasItsOwnAlerts() {
    try (Pipeline pipeline = new Pipeline()) {
      pipeline.pipe(event(process("orders", 1), 1, block(1, T0, LONG)));
      pipeline.pipe(event(process("catalog", 1), 1, block(1, T0, LONG)));

      assertThat(pipeline.told().values())
          .extracting(Alert::service)
          .containsExactly("orders", "catalog");
    }
  }

  @Test
  void withdrawnAlertsAreTombstones() {
    try (Pipeline pipeline = new Pipeline()) {
      pipeline.pipe(event(process("orders", 1), 1, block(1, T0, LONG)));
      pipeline.pipe(event(process("orders", 1), 2, block(2, T0.plusSeconds(900), LONG)));
      assertThat(pipeline.told()).hasSize(2);

      pipeline.pipe(event(process("orders", 2), 1, block(1, T0.plusSeconds(450), LONG)));

      assertThat(pipeline.alerts()).filteredOn(record -> record.value() == null).hasSize(1);
      assertThat(pipeline.told()).hasSize(1);
    }
  }

  @Test
  void disorderedAndDoubledReadingEndsInTheSameBytes() {
    List<Event> events = aDay(new Random(1));
    Map<String, String> expected = bytesAfter(events);

    for (int seed = 2; seed < 8; seed++) {
      assertThat(bytesAfter(disordered(events, new Random(seed)))).isEqualTo(expected);
    }
    assertThat(expected).hasSizeGreaterThan(2);
  }

  @Test
  void aRestartInBetweenEndsInTheSameBytes() {
    List<Event> events = aDay(new Random(1));
    try (Pipeline before = new Pipeline()) {
      events.subList(0, 50).forEach(before::pipe);
      try (Pipeline after = before.restarted()) {
        events.subList(40, events.size()).forEach(after::pipe);
        after.advance(Duration.ofMinutes(11));

        assertThat(AlertBytes.of(after.told())).isEqualTo(bytesAfter(events));
      }
    }
  }

  @Test
  void fortyWorkersBlockedByOneLineAreOneAlertAndTenCulpritsTen() {
    try (Pipeline pipeline = new Pipeline()) {
      for (int number = 1; number <= 40; number++) {
        pipeline.pipe(event(process("orders", number), 1, block(1, T0.plusMillis(number), LONG)));
      }
      for (int culprit = 0; culprit < 10; culprit++) {
        Frame place = new Frame("/srv/shop/views.py", 10 + culprit, "view_" + culprit);
        LoopBlock block = blamed(block(1, T0.plusMillis(culprit), LONG), place);
        pipeline.pipe(event(process("catalog", 1 + culprit), 1, block));
      }

      assertThat(pipeline.told().values())
          .filteredOn(alert -> alert.service().equals("orders"))
          .singleElement()
          .satisfies(
              alert -> {
                assertThat(alert.processesAffected()).isEqualTo(40);
                assertThat(alert.title()).endsWith(", in 40 processes");
              });
      assertThat(pipeline.told().values())
          .filteredOn(alert -> alert.service().equals("catalog"))
          .hasSize(10);
    }
  }

  /** Nothing more is heard of him: what is told of the rest has a quiet time of its own. */
  @Test
  void theRestResolvesAfterACulpritHasLostHisPlace() {
    int apart = LoopBlockPolicy.DEFAULT.mostCulprits();
    try (Pipeline pipeline = new Pipeline()) {
      for (int number = 0; number < apart; number++) {
        pipeline.pipe(culprit("view_" + number, number, LONG.plusMillis(number)));
      }
      assertThat(pipeline.told()).hasSize(apart);
      pipeline.advance(Duration.ofMinutes(5));

      pipeline.pipe(culprit("newcomer", apart, Duration.ofSeconds(9)));

      assertThat(pipeline.told().values())
          .hasSize(apart + 1)
          .noneMatch(alert -> alert.title().contains("view_0 "))
          .filteredOn(alert -> alert.culprit().isEmpty())
          .singleElement()
          .satisfies(rest -> assertThat(rest.state()).isEqualTo(Alert.State.FIRING));

      pipeline.advance(Duration.ofMinutes(10).plusSeconds(6));
      assertThat(pipeline.told().values())
          .allSatisfy(alert -> assertThat(alert.state()).isEqualTo(Alert.State.RESOLVED))
          .filteredOn(alert -> alert.culprit().isEmpty())
          .singleElement()
          .satisfies(
              rest ->
                  assertThat(rest.resolvedAt())
                      .contains(T0.plus(LONG).plus(Duration.ofMinutes(10))));

      pipeline.advance(Duration.ofHours(2));
      pipeline.advance(Duration.ofHours(2));
      assertThat(pipeline.stored(LoopBlockProcessor.EPISODES)).isZero();
      assertThat(pipeline.stored(LoopBlockProcessor.CULPRITS)).isZero();
    }
  }

  private static Event culprit(String function, int number, Duration duration) {
    Frame place = new Frame("/srv/shop/views.py", 10, function);
    return event(process("orders", number), 1, blamed(block(1, T0, duration), place));
  }

  @Test
  void everyEventIsCountedOnce() {
    try (Pipeline pipeline = new Pipeline()) {
      List<Event> events = aDay(new Random(3));
      events.forEach(pipeline::pipe);
      pipeline.pipe(event(process("orders", 1), 999, T0, block(999, T0.plusSeconds(4000), LONG)));

      Map<String, Double> outcomes = new TreeMap<>();
      pipeline
          .registry()
          .get("hognose.streams.loop.blocks")
          .counters()
          .forEach(each -> outcomes.put(each.getId().getTag("outcome"), each.count()));
      assertThat(outcomes).containsEntry("implausible", 1.0).containsKeys("rest", "overlapping");
      assertThat(outcomes.getOrDefault("counted", 0.0) + outcomes.getOrDefault("end_only", 0.0))
          .isEqualTo(events.size(), within(0.0));
      assertThat(outcomes.values().stream().mapToDouble(each -> each).sum())
          .isEqualTo(events.size() + 1.0, within(0.0));
    }
  }

  /** Each up to an hour late, every third one twice. */
  private static List<Event> disordered(List<Event> events, Random random) {
    TreeMap<Long, Event> byArrival = new TreeMap<>();
    for (Event event : events) {
      long atMs = event.at().toEpochMilli();
      byArrival.put(atMs + random.nextInt(3_600_000), event);
      if (random.nextInt(3) == 0) {
        byArrival.put(atMs + random.nextInt(3_600_000), event);
      }
    }
    return List.copyOf(byArrival.values());
  }

  private static Map<String, String> bytesAfter(List<Event> events) {
    try (Pipeline pipeline = new Pipeline()) {
      events.forEach(pipeline::pipe);
      pipeline.advance(Duration.ofMinutes(11));
      return AlertBytes.of(pipeline.told());
    }
  }

  /** Blocks of four processes, minutes apart, so that there are several episodes. */
  private static List<Event> aDay(Random random) {
    List<Event> events = new ArrayList<>();
    for (int number = 1; number <= 4; number++) {
      Instant at = T0;
      for (int id = 1; id <= 25; id++) {
        at = at.plusMillis(5_000 + random.nextInt(4_000_000));
        Duration duration = Duration.ofMillis(100 + random.nextInt(2_000));
        events.add(event(process("orders", number), id, block(id, at, duration)));
      }
    }
    events.sort(Comparator.comparing(Event::at));
    return events;
  }
}
