package dev.hognose.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.hognose.app.Telemetry;
import dev.hognose.diagnosis.Ailment;
import dev.hognose.diagnosis.Cases;
import dev.hognose.leak.EventClock;
import dev.hognose.leak.LeakState;
import dev.hognose.leak.LifeObservation;
import dev.hognose.leak.ServiceHistory;
import dev.hognose.leak.ServiceWord;
import dev.hognose.leak.UnheardWords;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.ProcessId;
import dev.hognose.settings.Env;
import dev.hognose.streams.KnownProcess;
import dev.hognose.streams.StreamsApplication;
import dev.hognose.streams.StreamsSettings;
import dev.hognose.wire.KeyedCodec;
import dev.hognose.wire.Topics;
import dev.hognose.wire.state.CulpritsCodec;
import dev.hognose.wire.state.EpisodesCodec;
import dev.hognose.wire.state.LagEpisodesCodec;
import dev.hognose.wire.state.LeakEvidenceCodec;
import dev.hognose.wire.state.ProcessStateCodec;
import dev.hognose.wire.state.ServiceMinuteCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Spoilt state is read, or refused at once; the streams tell any refusal in one sentence and end.
 */
@Tag("fuzz")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StateFuzzTest {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final Frame PAY = new Frame("/srv/orders/views.py", 41, "pay");
  private static final String PROCESS_KEY = "orders/web-1/101/1795255200123";
  private static final Ailment AILMENT = Ailment.parse("orders\nTASK_LEAK\ncheckout\nONE");
  private static final int SAMPLES = 3_000;
  private static final int MOST_EXAMPLES = 50;
  private static final String CHANGELOG = "hognose-streams-%s-changelog";
  private static final Set<String> NUMBERS =
      Stream.of("leak-task-clocks", "event-sequences")
          .map(CHANGELOG::formatted)
          .collect(Collectors.toSet());

  private final Map<String, List<byte[]>> examples = new TreeMap<>();

  static Stream<Arguments> states() {
    return Stream.of(
        state("leak-evidence", new LeakEvidenceCodec()::decode),
        state("leak-rings", framed(LeakState::rings)),
        state("leak-services", framed(ServiceHistory::unpack)),
        state("leak-services-held", framed(LifeObservation::unpack)),
        state("leak-task-progress", framed(EventClock::unpack)),
        state("leak-words-heard", framed(ServiceWord::unpack)),
        state("leak-words", framed(UnheardWords::unpack)),
        state("loop-block-culprits", new CulpritsCodec()::decode),
        state("loop-block-episodes", new EpisodesCodec()::decode),
        state("loop-lag-episodes", new LagEpisodesCodec()::decode),
        state("diagnosis-cases", input -> Cases.unpack(AILMENT, ByteBuffer.wrap(input))),
        state("diagnosis-processes", of(PROCESS_KEY, new ProcessStateCodec())),
        state("processes", of(PROCESS_KEY, KnownProcess.codec())),
        state("service-minutes", of("orders", new ServiceMinuteCodec())));
  }

  /** What the key says is not in the bytes. */
  private static Fuzzing.Decoder of(String key, KeyedCodec<?> codec) {
    return input -> codec.decode(key, input);
  }

  private static Set<String> tried() {
    return states().map(each -> CHANGELOG.formatted(each.get()[0])).collect(Collectors.toSet());
  }

  private static Arguments state(String store, Fuzzing.Decoder decoder) {
    return arguments(store, decoder);
  }

  /** What is packed by hand ends with a checksum, which would refuse all: it is put right. */
  private static Fuzzing.Decoder framed(Fuzzing.Decoder decoder) {
    return input -> {
      int body = input.length - Integer.BYTES;
      if (body > 0) {
        CRC32 checksum = new CRC32();
        checksum.update(input, 0, body);
        ByteBuffer.wrap(input).putInt(body, (int) checksum.getValue());
      }
      decoder.read(input);
    };
  }

  @BeforeAll
  void keepState() {
    StreamsSettings settings = StreamsSettings.from(new Env(Map.of("HOGNOSE_LEAK_BUCKET", "10s")));
    try (TopologyTestDriver driver =
        new TopologyTestDriver(
            StreamsApplication.topology(settings, new SimpleMeterRegistry()),
            StreamsApplication.properties(settings),
            T0)) {
      tell(driver);
      states().map(each -> (String) each.get()[0]).forEach(store -> keep(driver, store));
      assertThat(driver.producedTopicNames().stream().filter(topic -> topic.endsWith("-changelog")))
          .as("every store that was written to is tried, or only holds numbers")
          .allMatch(topic -> NUMBERS.contains(topic) || tried().contains(topic));
    }
  }

  private static void tell(TopologyTestDriver driver) {
    Map<String, TestInputTopic<byte[], byte[]>> topics = new TreeMap<>();
    for (String topic : List.of(Topics.SAMPLES.name(), Topics.EVENTS.name())) {
      topics.put(
          topic,
          driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer()));
    }
    Telemetry[] processes = new Telemetry[3];
    for (int i = 0; i < processes.length; i++) {
      processes[i] = new Telemetry(new ProcessId("orders", "web-" + i, 1, T0.minusSeconds(60)));
    }
    for (int crash = 0; crash < 5; crash++) {
      Instant at = T0.plusSeconds(crash);
      pipe(
          topics,
          new Telemetry(new ProcessId("orders", "web-9", crash + 1, at.minusSeconds(5)))
              .crashed(at));
    }
    Telemetry late =
        new Telemetry(
            new ProcessId("orders", "web-8", 1, T0.minusSeconds(60)), Duration.ofSeconds(10));
    for (int tick = 0; tick < SAMPLES; tick++) {
      Telemetry process = processes[tick % processes.length];
      Instant at = T0.plus(Duration.ofSeconds(tick));
      pipe(topics, process.sample(at, Bytes.ofMebi(50 + tick / 3), 100_000 + tick * 1000L));
      if (tick % 10 == 0) {
        // Ten beats a second, each 50 ms late.
        pipe(topics, late.sample(at, Histogram.of(new long[] {0, 0, 10L * tick}, 0.5 * tick)));
      }
      if (tick % 50 == 0) {
        pipe(topics, process.block(at, Duration.ofMillis(900), PAY));
        pipe(topics, process.growth(at, PAY, Bytes.ofMebi(1)));
        pipe(topics, process.lastingBlock(at, PAY));
      }
    }
  }

  private static void pipe(
      Map<String, TestInputTopic<byte[], byte[]>> topics, ProducerRecord<byte[], byte[]> record) {
    Instant at = Instant.ofEpochMilli(record.timestamp());
    Objects.requireNonNull(topics.get(record.topic()))
        .pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), at));
  }

  /** The last of what went to its changelog, without the version before it. */
  private void keep(TopologyTestDriver driver, String store) {
    List<byte[]> values =
        driver
            .createOutputTopic(
                CHANGELOG.formatted(store),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())
            .readValuesToList()
            .stream()
            .filter(value -> value != null)
            .map(value -> Arrays.copyOfRange(value, 1, value.length))
            .toList();
    examples.put(store, values.subList(Math.max(0, values.size() - MOST_EXAMPLES), values.size()));
  }

  @ParameterizedTest
  @MethodSource("states")
  void stateIsReadOrRefused(String store, Fuzzing.Decoder decoder) throws Exception {
    List<byte[]> whole = examples.getOrDefault(store, List.of());
    assertThat(whole).as("examples").isNotEmpty();
    for (byte[] example : whole) {
      decoder.read(example);
    }

    Fuzzing.of(store, RuntimeException.class).run(new Mutations(whole), 0.01, decoder);
  }
}
