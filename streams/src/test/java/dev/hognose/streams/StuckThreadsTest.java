package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By the metrics of Kafka's own consumer, which has them without a broker, too. */
class StuckThreadsTest {

  private static final Duration AT_ONCE = Duration.ZERO;

  @Test
  void threadThatHasNotReadIsTold() {
    try (KafkaConsumer<byte[], byte[]> reader = reader("hognose-StreamThread-1-consumer")) {
      reader.poll(Duration.ZERO);

      assertThat(StuckThreads.among(reader.metrics().values(), AT_ONCE))
          .hasValueSatisfying(
              told -> assertThat(told).matches("a thread has read nothing for \\d+ s"));
      assertThat(StuckThreads.among(reader.metrics().values())).isEmpty();
    }
  }

  @Test
  void threadThatHasNotBegunIsNotStuck() {
    try (KafkaConsumer<byte[], byte[]> reader = reader("hognose-StreamThread-1-consumer")) {
      assertThat(StuckThreads.among(reader.metrics().values(), AT_ONCE)).isEmpty();
    }
  }

  /** They read when there is something to restore, and else not at all. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "hognose-StreamThread-1-restore-consumer",
        "hognose-StreamThread-1-producer",
        "hognose-global-consumer"
      })
  void othersMayRest(String client) {
    try (KafkaConsumer<byte[], byte[]> reader = reader(client)) {
      reader.poll(Duration.ZERO);

      assertThat(StuckThreads.among(reader.metrics().values(), AT_ONCE)).isEmpty();
    }
  }

  @Test
  void withoutMetricsNobodyIsStuck() {
    assertThat(StuckThreads.among(List.of(), AT_ONCE)).isEqualTo(Optional.empty());
  }

  private static KafkaConsumer<byte[], byte[]> reader(String client) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", "127.0.0.1:1", "client.id", client, "group.id", "hognose");
    KafkaConsumer<byte[], byte[]> reader =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    reader.assign(List.of(new TopicPartition("hognose.samples", 0)));
    return reader;
  }
}
