package dev.hognose.app.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hognose.alert.Alert;
import dev.hognose.settings.Env;
import dev.hognose.streams.Policies;
import dev.hognose.streams.StreamsApplication;
import dev.hognose.streams.StreamsSettings;
import dev.hognose.wire.AlertCodec;
import dev.hognose.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGeneratorFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our driver writes what Kafka's own writes, byte for byte and in the same order. */
class TopologyDriverTest {

  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final List<String> WRITTEN =
      List.of(
          Topics.ALERTS.name(),
          Topics.TRENDS.name(),
          Topics.SERVICES.name(),
          Topics.PROFILES.name(),
          Topics.DEAD_LETTERS.name());

  /** What was written, a line a record, by topic. */
  private record Written(Map<String, List<String>> lines, Set<Alert.Kind> kinds) {

    Written() {
      this(new TreeMap<>(), EnumSet.noneOf(Alert.Kind.class));
    }

    void add(String topic, TestRecord<byte[], byte[]> record) {
      lines.computeIfAbsent(topic, name -> new ArrayList<>()).add(line(record));
      if (topic.equals(Topics.ALERTS.name()) && record.value() != null) {
        kinds.add(new AlertCodec().decode(record.value()).kind());
      }
    }

    private static String line(TestRecord<byte[], byte[]> record) {
      return new String(record.key(), StandardCharsets.UTF_8)
          + " "
          + record.timestamp()
          + headers(record.headers())
          + " "
          + Optional.ofNullable(record.value()).map(HexFormat.of()::formatHex).orElse("gone");
    }

    private static String headers(Headers headers) {
      StringBuilder line = new StringBuilder();
      for (Header header : headers) {
        line.append(" ").append(header.key()).append("=");
        line.append(new String(header.value(), StandardCharsets.UTF_8));
      }
      return line.toString();
    }
  }

  @ParameterizedTest
  @CsvSource({"1,pager,10s", "2,balanced,20s", "4,pager,5s"})
  void writesWhatKafkasTestDriverWrites(int seed, String policy, String bucket) {
    List<ConsumerRecord<byte[], byte[]>> records =
        AilingFleet.records(RandomGeneratorFactory.of("L64X128MixRandom").create(seed), 90);
    StreamsSettings settings =
        StreamsSettings.from(
            new Env(Map.of("HOGNOSE_LEAK_POLICY", policy, "HOGNOSE_LEAK_BUCKET", bucket)));

    Written expected = kafkas(settings, records);
    Written ours = ours(settings, records);

    assertThat(ours.lines()).as("seed %d", seed).isEqualTo(expected.lines());
    assertThat(ours.lines()).containsOnlyKeys(WRITTEN);
    assertThat(ours.kinds()).as("seed %d", seed).hasSizeGreaterThan(8);
    assertThat(ours.kinds())
        .contains(Alert.Kind.MEMORY_LEAK, Alert.Kind.LOOP_BLOCK, Alert.Kind.SILENT_PROCESS);
  }

  @Test
  void refusesATopologyThatItCannotLookInto() {
    StreamsSettings settings = StreamsSettings.from(new Env(Map.of()));
    Topology closed = StreamsApplication.topology(settings, new SimpleMeterRegistry());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TopologyDriver(closed, StreamsApplication.properties(settings)))
        .withMessageContaining("expected a topology of OpenTopology.builder");
  }

  private static Written ours(
      StreamsSettings settings, List<ConsumerRecord<byte[], byte[]>> records) {
    Written written = new Written();
    Topology topology =
        StreamsApplication.topology(
            settings, Policies.of(settings), new SimpleMeterRegistry(), OpenTopology::builder);
    try (TopologyDriver driver =
        new TopologyDriver(topology, StreamsApplication.properties(settings))) {
      for (String topic : WRITTEN) {
        driver.listen(topic, record -> written.add(topic, new TestRecord<>(record)));
      }
      for (ConsumerRecord<byte[], byte[]> record : records) {
        Instant at = Instant.ofEpochMilli(record.timestamp());
        while (driver.now().plus(BEAT).isBefore(at)) {
          Duration gap = Duration.between(driver.now(), at);
          driver.advance(gap.toDays() > 1 ? gap : BEAT);
        }
        driver.next(record);
      }
    }
    return written;
  }

  private static Written kafkas(
      StreamsSettings settings, List<ConsumerRecord<byte[], byte[]>> records) {
    Written written = new Written();
    Properties properties = StreamsApplication.properties(settings);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    Instant now = Instant.EPOCH;
    try (TopologyTestDriver driver =
        new TopologyTestDriver(
            StreamsApplication.topology(settings, new SimpleMeterRegistry()), properties, now)) {
      for (ConsumerRecord<byte[], byte[]> record : records) {
        Instant at = Instant.ofEpochMilli(record.timestamp());
        while (now.plus(BEAT).isBefore(at)) {
          Duration gap = Duration.between(now, at);
          Duration step = gap.toDays() > 1 ? gap : BEAT;
          driver.advanceWallClockTime(step);
          now = now.plus(step);
        }
        driver
            .createInputTopic(record.topic(), new ByteArraySerializer(), new ByteArraySerializer())
            .pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), at));
      }
      for (String topic : WRITTEN) {
        TestOutputTopic<byte[], byte[]> output =
            driver.createOutputTopic(
                topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        output.readRecordsToList().forEach(each -> written.add(topic, each));
      }
    }
    return written;
  }
}
