package dev.hognose.app.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.app.Publisher;
import dev.hognose.app.Telemetry;
import dev.hognose.app.broker.EmbeddedBroker;
import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.topics.ClusterTopics;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.settings.Env;
import dev.hognose.streams.StreamsApplication;
import dev.hognose.streams.StreamsSettings;
import dev.hognose.wire.AlertCodec;
import dev.hognose.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does not fit into a record is a dead letter, and everybody else is told of as before. */
@Tag("e2e")
class TooLargeTest {

  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  /** Kafka writes batches of 16 KiB, and ours of a small service are far smaller. */
  private static final int LARGEST = 20_000;

  private static final Frame PAY = new Frame("/srv/orders/views.py", 41, "pay");

  /** Each event fits into a record, what is known after two of them does not. */
  private static final List<Frame> ONE_WAY = deep(1);

  private static final List<Frame> ANOTHER_WAY = deep(2);
  private static final String LETTERS = Topics.DEAD_LETTERS.name();
  private static final String OF_ALERT = "too large for hognose.alerts: ";
  private static final String OF_STATE =
      "too large for hognose-streams-loop-block-episodes-changelog: ";

  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @Test
  void aRecordThatIsTooLargeEndsNothing(@TempDir Path folder) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"));
        Publisher publisher = new Publisher(broker.bootstrapServers());
        OwnMetrics own = new OwnMetrics()) {
      create(broker);
      try (StreamsApplication streams = streams(broker, folder.resolve("state"), own)) {
        streams.onFailure(failures::add);
        streams.start();
        Telemetry catalog = process("catalog");
        publisher.send(
            List.of(
                catalog.block(now.minusSeconds(9), ONE_WAY),
                catalog.block(now.minusSeconds(6), ANOTHER_WAY),
                process("orders").block(now.minusSeconds(3), List.of(PAY))));

        await(broker, Topics.ALERTS.name(), record -> told(record).equals("orders"));
        await(broker, LETTERS, record -> reason(record).startsWith(OF_ALERT));
        ConsumerRecord<byte[], byte[]> ofState =
            await(broker, LETTERS, record -> reason(record).startsWith(OF_STATE));
        assertThat(reason(ofState)).endsWith(" bytes: expected at most " + LARGEST);
        assertThat(new String(ofState.key(), UTF_8)).contains("catalog");
        assertThat(failures).isEmpty();
      }
    }
  }

  private static List<Frame> deep(int line) {
    List<Frame> frames =
        new ArrayList<>(
            Collections.nCopies(
                20, new Frame("/srv/" + "catalog".repeat(60), line, "f".repeat(280))));
    frames.add(new Frame("/srv/catalog/views.py", 18, "search"));
    return frames;
  }

  private static StreamsApplication streams(EmbeddedBroker broker, Path state, OwnMetrics own) {
    return new StreamsApplication(
        StreamsSettings.from(
            new Env(
                Map.of(
                    "HOGNOSE_BOOTSTRAP_SERVERS",
                    broker.bootstrapServers(),
                    "HOGNOSE_KAFKA_PRODUCER_MAX_REQUEST_SIZE",
                    Integer.toString(LARGEST),
                    "HOGNOSE_STATE_DIR",
                    state.toString()))),
        own.registry());
  }

  private static void create(EmbeddedBroker broker) throws Exception {
    Cluster cluster = new Cluster(broker.bootstrapServers(), new Properties());
    try (ClusterTopics topics = new ClusterTopics(cluster)) {
      topics.createMissing(1, Optional.of((short) 1));
    }
  }

  private Telemetry process(String service) {
    return new Telemetry(new ProcessId(service, "web-1", 42, now.minusSeconds(600)));
  }

  private static String told(ConsumerRecord<byte[], byte[]> record) {
    return new AlertCodec().decode(record.value()).service();
  }

  private static String reason(ConsumerRecord<byte[], byte[]> letter) {
    return new String(letter.headers().lastHeader("hognose-reason").value(), UTF_8);
  }

  /** The first of those that are wanted, once it is committed. */
  private ConsumerRecord<byte[], byte[]> await(
      EmbeddedBroker broker, String topic, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    Instant deadline = Instant.now().plus(DEADLINE);
    List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = committed(broker)) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      consumer.seekToBeginning(consumer.assignment());
      while (failures.isEmpty() && Instant.now().isBefore(deadline)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(LOOK_AGAIN)) {
          seen.add(record);
          if (wanted.test(record)) {
            return record;
          }
        }
      }
    }
    throw new AssertionError(
        topic + ": the wanted record is not there, but " + seen + "; the streams: " + failures);
  }

  private static KafkaConsumer<byte[], byte[]> committed(EmbeddedBroker broker) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            broker.bootstrapServers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
