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
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
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

  private final TopologyTestDriver driver;
  private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
  private final Consumer<TestRecord<byte[], byte[]>> alerts;
  private Instant clock;

  /**
   * Starts empty.
   *
   * @param alerts gets each record that would have been written to {@code hognose.alerts}
   */
  Rehearsal(StreamsSettings settings, Instant start, Consumer<TestRecord<byte[], byte[]>> alerts) {
    this.alerts = alerts;
    this.clock = start;
    driver =
        new TopologyTestDriver(
            StreamsApplication.topology(settings, new SimpleMeterRegistry()),
            StreamsApplication.properties(settings),
            start);
    for (Topic<byte[], byte[]> topic : List.of(Topics.SAMPLES, Topics.EVENTS)) {
      inputs.put(
          topic.name(),
          driver.createInputTopic(
              topic.name(), new ByteArraySerializer(), new ByteArraySerializer()));
    }
  }

  /** Judges the next record; what came before it in time is told first. */
  void next(ConsumerRecord<byte[], byte[]> record) {
    advance(Instant.ofEpochMilli(record.timestamp()));
    Objects.requireNonNull(inputs.get(record.topic()))
        .pipeInput(
            new TestRecord<>(record.key(), record.value(), record.headers(), record.timestamp()));
    drain();
  }

  /** Lets time pass, with nothing said meanwhile. */
  void advance(Instant to) {
    if (Duration.between(clock, to).compareTo(LONGEST_WAIT) > 0) {
      advance(clock.plus(LONGEST_WAIT));
      step(Duration.between(clock, to));
    }
    while (!clock.plus(BEAT).isAfter(to)) {
      step(BEAT);
    }
    if (clock.isBefore(to)) {
      step(Duration.between(clock, to));
    }
  }

  private void step(Duration wall) {
    driver.advanceWallClockTime(wall);
    clock = clock.plus(wall);
    drain();
  }

  /** The driver keeps what was written, changelogs too, until somebody reads it. */
  private void drain() {
    for (String topic : driver.producedTopicNames()) {
      var output =
          driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      while (!output.isEmpty()) {
        TestRecord<byte[], byte[]> record = output.readRecord();
        if (topic.equals(Topics.ALERTS.name())) {
          alerts.accept(record);
        }
      }
    }
  }

  @Override
  public void close() {
    driver.close();
  }
}
