package dev.hognose.app.replay;

import dev.hognose.streams.StreamsApplication;
import dev.hognose.streams.StreamsSettings;
import dev.hognose.wire.Topic;
import dev.hognose.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The topologies of the streams over past records, in one thread, with stores in memory.
 *
 * <p>The clock of their timers is the records' time.
 */
final class Rehearsal implements AutoCloseable {

  /** The shortest beat of a timer: every one is then asked when it would have been. */
  private static final Duration BEAT = Duration.ofSeconds(1);

  /** After this long without a record no timer has anything left to say. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  /** The driver keeps what was written, changelogs too, until it is read. */
  private static final int RECORDS_KEPT = 1_000;

  private final TopologyTestDriver driver;
  private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
  private final Map<String, TestOutputTopic<byte[], byte[]>> outputs = new HashMap<>();
  private final TestOutputTopic<byte[], byte[]> told;
  private final Consumer<Telling> alerts;
  private Instant clock = Instant.EPOCH;
  private int kept;

  /**
   * Starts empty.
   *
   * @param alerts gets what would have been written to {@code hognose.alerts}
   */
  Rehearsal(StreamsSettings settings, Consumer<Telling> alerts) {
    this.alerts = alerts;
    driver =
        new TopologyTestDriver(
            StreamsApplication.topology(settings, new SimpleMeterRegistry()),
            properties(settings),
            clock);
    for (Topic<byte[], byte[]> topic : List.of(Topics.SAMPLES, Topics.EVENTS)) {
      inputs.put(
          topic.name(),
          driver.createInputTopic(
              topic.name(), new ByteArraySerializer(), new ByteArraySerializer()));
    }
    told = output(Topics.ALERTS.name());
  }

  /** Nothing is written that could be half written: a transaction a record would only cost time. */
  private static Properties properties(StreamsSettings settings) {
    Properties properties = StreamsApplication.properties(settings);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    return properties;
  }

  /** Judges the next record; what came before it in time is told first. */
  void next(ConsumerRecord<byte[], byte[]> record) {
    advance(Instant.ofEpochMilli(record.timestamp()));
    Objects.requireNonNull(inputs.get(record.topic()))
        .pipeInput(
            new TestRecord<>(record.key(), record.value(), record.headers(), record.timestamp()));
    drain();
    if (++kept >= RECORDS_KEPT) {
      forget();
    }
  }

  /** Lets time pass, with nothing said meanwhile. */
  void advance(Instant to) {
    if (Duration.between(clock, to).compareTo(LONGEST_WAIT) > 0) {
      if (clock.isAfter(Instant.EPOCH)) {
        advance(clock.plus(LONGEST_WAIT));
      }
      step(Duration.between(clock, to));
    }
    while (!clock.plus(BEAT).isAfter(to)) {
      step(BEAT);
    }
  }

  private void step(Duration wall) {
    driver.advanceWallClockTime(wall);
    clock = clock.plus(wall);
    drain();
  }

  private void drain() {
    while (!told.isEmpty()) {
      alerts.accept(Telling.of(told.readRecord()));
    }
  }

  private void forget() {
    kept = 0;
    for (String topic : driver.producedTopicNames()) {
      TestOutputTopic<byte[], byte[]> output = outputs.computeIfAbsent(topic, this::output);
      while (!output.isEmpty()) {
        output.readRecord();
      }
    }
  }

  private TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public void close() {
    driver.close();
  }
}
