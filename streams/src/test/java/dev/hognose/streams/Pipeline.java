package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.leak.Trend;
import dev.hognose.profile.ServiceProfile;
import dev.hognose.sample.Event;
import dev.hognose.sample.Sample;
import dev.hognose.service.ServiceSummary;
import dev.hognose.settings.Env;
import dev.hognose.wire.EventCodec;
import dev.hognose.wire.Schema;
import dev.hognose.wire.Topic;
import dev.hognose.wire.Topics;
import dev.hognose.wire.sample.SampleCodec;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The whole topology in a driver: records of agents in, what is told out. */
final class Pipeline implements AutoCloseable {

  private static final String CHANGELOG = "-changelog";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final StreamsSettings settings;
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> samples;
  private final TestInputTopic<byte[], byte[]> events;
  private final TestOutputTopic<String, Alert> alerts;
  private final TestOutputTopic<String, Trend> trends;
  private final TestOutputTopic<String, ServiceSummary> services;
  private final TestOutputTopic<String, ServiceProfile> profiles;
  private final TestOutputTopic<byte[], byte[]> letters;
  private final Map<String, Alert> told = new LinkedHashMap<>();

  /** What the wall clock shows. */
  private Instant clock;

  /** What changelogs hold, when somebody asks. */
  private StateBefore state = new StateBefore();

  Pipeline() {
    this(Map.of());
  }

  /** With variables of the environment, without their prefix. */
  Pipeline(Map<String, String> variables) {
    this(settings(variables), Telemetry.T0, StreamsBuilder::new);
  }

  private Pipeline(
      StreamsSettings settings, Instant start, Function<TopologyConfig, StreamsBuilder> empty) {
    this.settings = settings;
    clock = start;
    driver =
        new TopologyTestDriver(
            StreamsApplication.topology(settings, Policies.of(settings), registry, empty),
            StreamsProperties.of(settings),
            start);
    samples = input(Topics.SAMPLES);
    events = input(Topics.EVENTS);
    alerts = output(Topics.ALERTS);
    trends = output(Topics.TRENDS);
    services = output(Topics.SERVICES);
    profiles = output(Topics.PROFILES);
    letters = output(Topics.DEAD_LETTERS);
  }

  static StreamsSettings settings(Map<String, String> variables) {
    Map<String, String> prefixed = new LinkedHashMap<>();
    variables.forEach((name, value) -> prefixed.put("HOGNOSE_" + name, value));
    return StreamsSettings.from(new Env(prefixed));
  }

  private TestInputTopic<byte[], byte[]> input(Topic<byte[], byte[]> topic) {
    return driver.createInputTopic(
        topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private <K, V> TestOutputTopic<K, V> output(Topic<K, V> topic) {
    return driver.createOutputTopic(
        topic.name(), topic.key().deserializer(), topic.value().deserializer());
  }

  void pipe(Sample sample) {
    pipeSample(key(sample.process().key()), new SampleCodec().encode(sample), sample.at());
  }

  /** As the clock stands when it was taken: one sample after the other in real time. */
  void pipeLive(Sample sample) {
    Duration passed = Duration.between(clock, sample.at());
    if (passed.compareTo(Duration.ZERO) > 0) {
      advance(passed);
    }
    pipe(sample);
  }

  void pipe(Event event) {
    pipeEvent(key(event.process().key()), new EventCodec().encode(event), event.at());
  }

  void pipeSample(byte @Nullable [] key, byte @Nullable [] value, Instant at) {
    samples.pipeInput(new TestRecord<>(key, value, schema(), at));
  }

  void pipeEvent(byte[] key, byte[] value, Instant at) {
    events.pipeInput(new TestRecord<>(key, value, schema(), at));
  }

  void pipeSample(TestRecord<byte[], byte[]> record) {
    samples.pipeInput(record);
  }

  static byte[] key(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  static Headers schema() {
    return new RecordHeaders().add(Schema.HEADER, Schema.header());
  }

  void advance(Duration wall) {
    clock = clock.plus(wall);
    driver.advanceWallClockTime(wall);
  }

  /** What is new on the topic of alerts. */
  List<TestRecord<String, Alert>> alerts() {
    List<TestRecord<String, Alert>> records = alerts.readRecordsToList();
    records.forEach(
        record -> {
          if (record.value() == null) {
            told.remove(record.key());
          } else {
            told.put(record.key(), record.value());
          }
        });
    return records;
  }

  /** The last word on each alert that ever was read, by id. */
  Map<String, Alert> told() {
    alerts();
    return told;
  }

  /** By store and key what is new on its changelog. */
  void changelogs(Changed changed) {
    for (String topic : driver.producedTopicNames()) {
      if (topic.endsWith(CHANGELOG)) {
        String store = topic.replaceFirst(".*?streams-", "").replace(CHANGELOG, "");
        driver
            .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
            .readKeyValuesToList()
            .forEach(change -> changed.is(store, change.key, change.value));
      }
    }
  }

  /** Takes a change of a store; no value is a deletion. */
  interface Changed {

    void is(String store, byte[] key, byte @Nullable [] value);
  }

  List<KeyValue<String, Trend>> trends() {
    return trends.readKeyValuesToList();
  }

  List<KeyValue<String, ServiceSummary>> services() {
    return services.readKeyValuesToList();
  }

  List<KeyValue<String, ServiceProfile>> profiles() {
    return profiles.readKeyValuesToList();
  }

  List<TestRecord<byte[], byte[]>> letters() {
    return letters.readRecordsToList();
  }

  double records(String topic, String outcome) {
    return registry
        .get("hognose.streams.records")
        .tags("topic", topic, "outcome", outcome)
        .counter()
        .count();
  }

  double records(String topic) {
    return registry.get("hognose.streams.records").tags("topic", topic).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  SimpleMeterRegistry registry() {
    return registry;
  }

  /**
   * Streams that go on where these are, at the same time of the wall clock: with the bytes of their
   * changelogs, and nothing that was only in memory.
   */
  Pipeline restarted() {
    changelogs(state::change);
    Pipeline next = new Pipeline(settings, clock, given -> state.builder(settings));
    assertThat(state.left()).as("stores that were not restored").isEmpty();
    next.state = state;
    next.told.putAll(told());
    return next;
  }

  /** How many processes a judge knows something of. */
  long known(Function<KnownProcess, @Nullable Object> part) {
    long known = 0;
    try (KeyValueIterator<String, KnownProcess> all =
        driver.<String, KnownProcess>getKeyValueStore(KnownProcess.STORE).all()) {
      while (all.hasNext()) {
        known += part.apply(all.next().value) == null ? 0 : 1;
      }
    }
    return known;
  }

  long stored(String store) {
    return driver.<Object, Object>getKeyValueStore(store).approximateNumEntries();
  }

  @Override
  public void close() {
    driver.close();
  }
}
