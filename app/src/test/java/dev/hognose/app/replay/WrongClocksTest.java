package dev.hognose.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.app.Received;
import dev.hognose.app.Telemetry;
import dev.hognose.app.driver.OpenTopology;
import dev.hognose.app.driver.TopologyDriver;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.settings.Env;
import dev.hognose.streams.StreamsApplication;
import dev.hognose.streams.StreamsSettings;
import dev.hognose.wire.AlertCodec;
import dev.hognose.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Some samples of one process are hours ahead: a replay tells of all processes what is told when
 * records are judged as they come.
 */
class WrongClocksTest {

  private static final Instant BEGIN = Instant.parse("2026-11-20T10:00:00Z");
  private static final Duration LAST_WORD = Duration.ofHours(2);
  private static final int MINUTES = 40;
  private static final int PARTITIONS = 2;
  private static final Frame PAY = new Frame("/srv/orders/views.py", 41, "pay");
  private static final Rules RULES =
      Rules.of(StreamsSettings.from(new Env(Map.of("HOGNOSE_LEAK_BUCKET", "10s"))));

  /** A record, and when the broker had it. */
  private record Arrival(Instant at, int partition, ProducerRecord<byte[], byte[]> sent) {

    ConsumerRecord<byte[], byte[]> received(long offset) {
      return Received.at(partition, offset, sent);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void holdNobodyBack(long seed) {
    List<Arrival> arrivals = arrivals(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));

    Map<String, Alert> live = live(arrivals);

    assertThat(live.values())
        .extracting(Alert::kind)
        .contains(Alert.Kind.MEMORY_LEAK, Alert.Kind.LOOP_BLOCK);
    assertThat(replayed(arrivals)).as("seed %d", seed).isEqualTo(live);
  }

  private static List<Arrival> arrivals(RandomGenerator random) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int number = 0; number < 4; number++) {
      ProcessId id =
          new ProcessId("service-" + number % 2, "web-" + number, 7, BEGIN.minusSeconds(30));
      Telemetry process = new Telemetry(id, Duration.ofSeconds(10));
      for (int second = 0; second < MINUTES * 60; second += 10) {
        Instant at = BEGIN.plusSeconds(second).plusMillis(number * 97L);
        boolean isWrong = number == 1 && random.nextInt(20) == 0;
        long grown = number % 3 == 0 ? second / 10 * 384L : 0;
        Bytes rss = new Bytes((80L << 20) + (grown << 10) + random.nextInt(4096));
        Instant told = isWrong ? at.plus(Duration.ofHours(3)) : at;
        arrivals.add(
            new Arrival(at, number % PARTITIONS, process.sample(told, rss, 100_000 + grown)));
        if (random.nextInt(30) == 0) {
          Instant later = at.plusMillis(1);
          Duration duration = Duration.ofMillis(200 + random.nextInt(2_500));
          arrivals.add(
              new Arrival(later, number % PARTITIONS, process.block(later, duration, PAY)));
        }
      }
    }
    arrivals.sort(Comparator.comparing(Arrival::at));
    return arrivals;
  }

  private static Map<String, Alert> live(List<Arrival> arrivals) {
    Told told = new Told();
    try (TopologyDriver driver =
        new TopologyDriver(
            StreamsApplication.topology(
                RULES.settings(),
                RULES.policies(),
                new SimpleMeterRegistry(),
                OpenTopology::builder),
            StreamsApplication.properties(RULES.settings()))) {
      driver.listen(Topics.ALERTS.name(), record -> told.accept(Telling.of(record)));
      driver.advance(Duration.between(driver.now(), BEGIN));
      long offset = 0;
      for (Arrival arrival : arrivals) {
        advance(driver, arrival.at());
        driver.next(arrival.received(offset++));
      }
      advance(driver, BEGIN.plus(Duration.ofMinutes(MINUTES)).plus(LAST_WORD));
    }
    return told.last;
  }

  private static void advance(TopologyDriver driver, Instant to) {
    while (driver.now().plusSeconds(1).isBefore(to)) {
      driver.advance(Duration.ofSeconds(1));
    }
  }

  private static Map<String, Alert> replayed(List<Arrival> arrivals) {
    Map<TopicPartition, Lane> lanes = new TreeMap<>(Comparator.comparing(TopicPartition::toString));
    long offset = 0;
    for (Arrival arrival : arrivals) {
      lanes
          .computeIfAbsent(
              new TopicPartition(arrival.sent().topic(), arrival.partition()),
              partition -> new Lane(partition, Long.MAX_VALUE))
          .add(arrival.received(offset++));
    }
    Told told = new Told();
    try (Rehearsal rehearsal = Rehearsal.of(RULES, told)) {
      Optional<Lane> first = first(lanes);
      while (first.isPresent()) {
        rehearsal.next(first.get().take());
        first = first(lanes);
      }
      rehearsal.advance(BEGIN.plus(Duration.ofMinutes(MINUTES)).plus(LAST_WORD));
    }
    return told.last;
  }

  private static Optional<Lane> first(Map<TopicPartition, Lane> lanes) {
    return lanes.values().stream()
        .filter(lane -> lane.size() > 0)
        .min(Comparator.comparingLong(Lane::dueMs));
  }

  /** The last that was said of each alert. */
  private static final class Told implements Consumer<Telling> {

    private final Map<String, Alert> last = new TreeMap<>();

    @Override
    public void accept(Telling telling) {
      telling
          .value()
          .ifPresentOrElse(
              value -> last.put(telling.id(), new AlertCodec().decode(value)),
              () -> last.remove(telling.id()));
    }
  }
}
