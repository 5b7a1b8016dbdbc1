package dev.hognose.app.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hognose.alert.Alert;
import dev.hognose.app.Telemetry;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.ProcessId;
import dev.hognose.settings.Env;
import dev.hognose.streams.StreamsApplication;
import dev.hognose.streams.StreamsSettings;
import dev.hognose.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * The streams call the same processes leaking, and soon out of memory, at the same times as {@code
 * hognose judge}.
 */
class StreamsAgreeTest {

  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  private static final int TICKS = 760;
  private static final Duration EVERY = Duration.ofMillis(500);

  /** What the last stretches show is judged by the streams when a later one begins. */
  private static final Instant JUDGED_UNTIL = T0.plus(EVERY.multipliedBy(TICKS)).minusSeconds(24);

  /** What {@code judge} tells of alerts, by the name of its times. */
  private static final Map<Alert.Kind, String> JUDGED =
      Map.of(
          Alert.Kind.MEMORY_LEAK, "leaks_ms",
          Alert.Kind.OUT_OF_MEMORY_SOON, "out_of_memory_soon_ms");

  @TempDir private Path folder;

  /** Memory of a process at one tick, as both of them read it. */
  private record Row(int process, int tick, long rss) {

    Instant at() {
      return T0.plus(EVERY.multipliedBy(tick)).plusMillis(7L * process);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void verdictsAndTimesAreTheSame(int seed) throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int processes = 1 + seed % 4;
    List<Row> rows = rows(processes, random);

    Map<String, Set<Long>> judged = judged(rows);
    assertThat(streamed(rows)).as("seed %d", seed).isEqualTo(judged);
    assertThat(judged).containsKey(host(processes - 1) + " " + Alert.Kind.MEMORY_LEAK);
  }

  /** The last process always leaks; the others leak, fill a cache or stand still. */
  private static List<Row> rows(int processes, RandomGenerator random) {
    double[] slopes = random.doubles(processes, 0.2, 1).toArray();
    double[] heights = random.doubles(processes, 20, 80).toArray();
    int[] shapes = random.ints(processes, 0, 3).toArray();
    shapes[processes - 1] = 2;
    List<Row> rows = new ArrayList<>();
    for (int tick = 0; tick < TICKS; tick++) {
      for (int p = 0; p < processes; p++) {
        double most = shapes[p] == 0 ? 0 : shapes[p] == 1 ? heights[p] : Double.MAX_VALUE;
        double mib = 100 + Math.min(most, slopes[p] * tick) + 3 * random.nextDouble();
        rows.add(new Row(p, tick, Math.round(mib * (1 << 20))));
      }
    }
    return rows;
  }

  private Map<String, Set<Long>> judged(List<Row> rows) throws IOException {
    StringBuilder csv = new StringBuilder("ts_ms,rss,blocks,limit,start_ms,service,process\n");
    for (Row row : rows) {
      csv.append(row.at().toEpochMilli()).append(',').append(row.rss()).append(',');
      csv.append(row.rss() / 128).append(',').append(Bytes.ofMebi(256).count()).append(',');
      csv.append(T0.toEpochMilli()).append(",catalog,").append(host(row.process())).append('\n');
    }
    Path trace = folder.resolve("trace.csv");
    Files.writeString(trace, csv);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JudgeCommand judge =
        new JudgeCommand(
            InputStream.nullInputStream(), new PrintStream(out, true, StandardCharsets.UTF_8));
    assertThat(new CommandLine(judge).execute("--bucket", "1s", trace.toString())).isZero();
    Map<String, Set<Long>> onsets = new TreeMap<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      JsonNode verdict = new ObjectMapper().readTree(line);
      String process = verdict.path("process").asText();
      JUDGED.forEach(
          (kind, field) ->
              verdict.path(field).forEach(ms -> add(onsets, process, kind, ms.asLong())));
    }
    return onsets;
  }

  private Map<String, Set<Long>> streamed(List<Row> rows) {
    StreamsSettings settings =
        StreamsSettings.from(
            new Env(
                Map.of(
                    "HOGNOSE_LEAK_BUCKET", "1s", "HOGNOSE_STATE_DIR", folder.resolve("s") + "")));
    Map<Integer, Telemetry> agents = new TreeMap<>();
    Map<String, Set<Long>> onsets = new TreeMap<>();
    try (TopologyTestDriver driver =
        new TopologyTestDriver(
            StreamsApplication.topology(settings, new SimpleMeterRegistry()),
            StreamsApplication.properties(settings),
            T0)) {
      TestInputTopic<byte[], byte[]> samples =
          driver.createInputTopic(
              Topics.SAMPLES.name(), new ByteArraySerializer(), new ByteArraySerializer());
      TestOutputTopic<String, Alert> alerts =
          driver.createOutputTopic(
              Topics.ALERTS.name(),
              Topics.ALERTS.key().deserializer(),
              Topics.ALERTS.value().deserializer());
      Instant clock = T0;
      for (Row row : rows) {
        driver.advanceWallClockTime(Duration.between(clock, row.at()));
        clock = row.at();
        Telemetry agent =
            agents.computeIfAbsent(
                row.process(), p -> new Telemetry(new ProcessId("catalog", host(p), 1, T0)));
        ProducerRecord<byte[], byte[]> record =
            agent.sample(row.at(), new Bytes(row.rss()), row.rss() / 128);
        samples.pipeInput(
            new TestRecord<>(record.key(), record.value(), record.headers(), row.at()));
      }
      alerts.readValuesToList().stream()
          .filter(alert -> JUDGED.containsKey(alert.kind()))
          .forEach(
              alert ->
                  add(
                      onsets,
                      alert.process().orElseThrow().host(),
                      alert.kind(),
                      alert.firedAt().toEpochMilli()));
    }
    return onsets;
  }

  private static void add(Map<String, Set<Long>> onsets, String process, Alert.Kind kind, long ms) {
    if (ms < JUDGED_UNTIL.toEpochMilli()) {
      onsets.computeIfAbsent(process + " " + kind, name -> new TreeSet<>()).add(ms);
    }
  }

  private static String host(int process) {
    return "web-" + process;
  }
}
