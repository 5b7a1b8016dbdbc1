package dev.hognose.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hognose.alert.Alert;
import dev.hognose.app.broker.EmbeddedBroker;
import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.cluster.TopicReader;
import dev.hognose.app.service.OwnMetrics;
import dev.hognose.app.topics.ClusterTopics;
import dev.hognose.collector.Collector;
import dev.hognose.collector.CollectorSettings;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.settings.Env;
import dev.hognose.streams.StreamsApplication;
import dev.hognose.streams.StreamsSettings;
import dev.hognose.wire.AlertCodec;
import dev.hognose.wire.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker, the streams and the collector, from a record that an agent sends to what people see.
 */
@Tag("e2e")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndToEndTest {

  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final Frame PAY = new Frame("/srv/orders/views.py", 41, "pay");
  private static final Frame REMEMBER = new Frame("/srv/catalog/history.py", 18, "remember");
  private static final Meanwhile NOTHING = () -> {};
  private static final String TYPE = "# TYPE ";
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  private final OwnMetrics own = new OwnMetrics();
  private final HttpClient http = HttpClient.newHttpClient();
  private EmbeddedBroker broker;
  private StreamsApplication streams;
  private Collector collector;
  private Publisher publisher;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    broker = EmbeddedBroker.start(folder.resolve("broker"));
    try (ClusterTopics topics = new ClusterTopics(cluster())) {
      topics.createMissing(3, Optional.of((short) 1));
    }
    streams =
        new StreamsApplication(
            StreamsSettings.from(
                env(Map.of("LEAK_BUCKET", "1s", "STATE_DIR", folder.resolve("s").toString()))),
            own.registry());
    collector =
        new Collector(CollectorSettings.from(env(Map.of("HTTP_PORT", "0"))), own.registry());
    streams.start();
    collector.start();
    publisher = new Publisher(broker.bootstrapServers());
    await("streams and collector ready", () -> streams.isReady() && collector.isReady());
  }

  @AfterAll
  void stop() {
    publisher.close();
    collector.close();
    streams.close();
    own.close();
    broker.close();
  }

  @Test
  void blockedLoopFiresAnAlertWithItsCulprit() throws Exception {
    Telemetry orders = process("orders");
    publisher.send(
        List.of(
            orders.sample(NOW.minusSeconds(4), Bytes.ofMebi(50), 100_000),
            orders.block(NOW.minusSeconds(3), Duration.ofMillis(1500), PAY)));

    Alert alert = awaitAlert(about -> about.service().equals("orders"), NOTHING);
    assertThat(alert.kind()).isEqualTo(Alert.Kind.LOOP_BLOCK);
    assertThat(alert.state()).isEqualTo(Alert.State.FIRING);
    assertThat(alert.cause()).isEqualTo("sync_sleep");
    assertThat(alert.culprit()).contains(PAY);

    JsonNode shown = awaitShown("orders", "loop_block", NOTHING);
    assertThat(shown.path("id").asText()).isEqualTo(alert.id());
    assertThat(shown.path("culprit").path("line").asInt()).isEqualTo(PAY.line());
    await(
        "hognose_alerts_firing of orders on /metrics",
        () -> metrics().anyMatch(line -> isFiring(line, "orders", "loop_block")));
  }

  @Test
  void growingProcessFiresAnAlertWithItsSite() throws Exception {
    int seconds = 300;
    Telemetry catalog = process("catalog");
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int tick = 0; tick < 4 * seconds; tick++) {
      Instant at = NOW.minusSeconds(seconds).plusMillis(250L * tick);
      records.add(grown(catalog, at, tick));
      if (tick % 40 == 39) {
        records.add(catalog.growth(at, REMEMBER, Bytes.ofMebi(1)));
      }
    }
    publisher.send(records);

    // It lives on: who falls silent leaks no more.
    Meanwhile livesOn = () -> publisher.send(List.of(grownSince(NOW, catalog, 4L * seconds)));
    Alert alert =
        awaitAlert(about -> about.service().equals("catalog") && !about.sites().isEmpty(), livesOn);
    assertThat(alert.kind()).isEqualTo(Alert.Kind.MEMORY_LEAK);
    assertThat(alert.sites().get(0).frames()).contains(REMEMBER);

    awaitShown("catalog", "memory_leak", livesOn);
    await(
        "hognose_alerts_firing of catalog on /metrics",
        () -> {
          livesOn.happens();
          return metrics().anyMatch(line -> isFiring(line, "catalog", "memory_leak"));
        });
    JsonNode past =
        new ObjectMapper()
            .readTree(get("/api/v1/history?process=" + alert.process().orElseThrow().key()));
    assertThat(past.path("whole").asBoolean()).isTrue();
    assertThat(past.path("rss_bytes").path(0).asLong()).isEqualTo(Bytes.ofMebi(50).count());
    assertThat(past.path("at_ms").path(past.path("at_ms").size() - 1).asLong())
        .isGreaterThanOrEqualTo(NOW.minusMillis(250).toEpochMilli());
  }

  @Test
  void whatIsNoTelemetryEndsInADeadLetterAndACounter() throws Exception {
    publisher.send(
        List.of(
            new ProducerRecord<>(
                Topics.SAMPLES.name(),
                0,
                NOW.toEpochMilli(),
                "key".getBytes(UTF_8),
                "no protobuf".getBytes(UTF_8))));

    ConsumerRecord<byte[], byte[]> letter =
        awaitRecord(Topics.DEAD_LETTERS.name(), found -> true, NOTHING, List.of());
    assertThat(letter.value()).isEqualTo("no protobuf".getBytes(UTF_8));
    assertThat(header(letter, "hognose-origin-topic")).isEqualTo(Topics.SAMPLES.name());
    assertThat(header(letter, "hognose-origin-partition")).isEqualTo("0");
    assertThat(header(letter, "hognose-reason")).startsWith("no protobuf of the expected message");
    await(
        "one malformed sample on /metrics",
        () ->
            metrics()
                .anyMatch(
                    line ->
                        line.startsWith("hognose_streams_records_total{")
                            && line.contains("outcome=\"malformed\"")
                            && line.contains("hognose.samples")
                            && line.endsWith(" 1.0")));
  }

  @Test
  void whatTheProgramsTellOfThemselvesIsDocumented() throws Exception {
    String docs = Files.readString(Path.of("..", "docs", "metrics.md"));

    assertThat(metrics().filter(line -> line.startsWith(TYPE + "hognose_")))
        .isNotEmpty()
        .map(line -> line.substring(TYPE.length(), line.lastIndexOf(' ')))
        // Of a gauge histogram, in the text format.
        .map(name -> name.replaceFirst("_(gcount|gsum)$", ""))
        .allMatch(name -> docs.contains("`" + name + "`"));
  }

  /** An eighth of a MiB a quarter of a second, as blocks of 64 bytes. */
  private static ProducerRecord<byte[], byte[]> grown(Telemetry process, Instant at, long tick) {
    Bytes rss = new Bytes(Bytes.ofMebi(50).count() + tick * (1L << 17));
    return process.sample(at, rss, 100_000 + tick * 2048L);
  }

  /** What goes on while a test waits. */
  private interface Meanwhile {
    void happens() throws Exception;
  }

  /** The same process now. */
  private static ProducerRecord<byte[], byte[]> grownSince(
      Instant since, Telemetry process, long ticks) {
    Instant now = Instant.now();
    return grown(process, now, ticks + Duration.between(since, now).toMillis() / 250);
  }

  private static boolean isFiring(String line, String service, String kind) {
    return line.startsWith("hognose_alerts_firing{")
        && line.contains("service=\"" + service + "\"")
        && line.contains("kind=\"" + kind + "\"")
        && line.endsWith(" 1.0");
  }

  private Alert awaitAlert(Predicate<Alert> wanted, Meanwhile meanwhile) throws Exception {
    AlertCodec codec = new AlertCodec();
    List<Alert> seen = new ArrayList<>();
    awaitRecord(
        Topics.ALERTS.name(),
        record -> {
          seen.add(codec.decode(record.value()));
          return wanted.test(seen.get(seen.size() - 1));
        },
        meanwhile,
        seen);
    return seen.get(seen.size() - 1);
  }

  private ConsumerRecord<byte[], byte[]> awaitRecord(
      String topic,
      Predicate<ConsumerRecord<byte[], byte[]>> wanted,
      Meanwhile meanwhile,
      List<?> seen)
      throws Exception {
    Instant deadline = Instant.now().plus(DEADLINE);
    try (TopicReader reader = TopicReader.fromBeginning(cluster(), List.of(topic))) {
      while (Instant.now().isBefore(deadline)) {
        meanwhile.happens();
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(LOOK_AGAIN)) {
          if (wanted.test(record)) {
            return record;
          }
        }
      }
    }
    throw new AssertionError(
        topic + ": the wanted record is not there after " + DEADLINE + ", but " + seen);
  }

  /** The alert about a service on /api/v1/alerts. */
  /** On a busy machine another one of its service may be shown first. */
  private JsonNode awaitShown(String service, String kind, Meanwhile meanwhile) throws Exception {
    List<JsonNode> shown = new ArrayList<>();
    await(
        kind + " of " + service + " on /api/v1/alerts",
        () -> {
          meanwhile.happens();
          new ObjectMapper().readTree(get("/api/v1/alerts")).path("alerts").forEach(shown::add);
          shown.removeIf(
              alert ->
                  !alert.path("service").asText().equals(service)
                      || !alert.path("kind").asText().equals(kind));
          return !shown.isEmpty();
        });
    return shown.get(0);
  }

  private Stream<String> metrics() throws IOException, InterruptedException {
    return get("/metrics").lines();
  }

  private String get(String path) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + collector.port() + path);
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    Instant deadline = Instant.now().plus(DEADLINE);
    while (!condition.call()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError(what + ": not seen within " + DEADLINE);
      }
      Thread.sleep(LOOK_AGAIN.toMillis());
    }
  }

  private Cluster cluster() {
    return new Cluster(broker.bootstrapServers(), new Properties());
  }

  private Env env(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    settings.forEach((key, value) -> all.put("HOGNOSE_" + key, value));
    all.put("HOGNOSE_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    return new Env(all);
  }

  private static Telemetry process(String service) {
    return new Telemetry(new ProcessId(service, "web-1", 4242, NOW.minusSeconds(600)));
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
