package dev.hognose.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hognose.app.broker.EmbeddedBroker;
import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.cluster.TopicReader;
import dev.hognose.app.topics.ClusterTopics;
import dev.hognose.collector.Collector;
import dev.hognose.collector.CollectorSettings;
import dev.hognose.collector.http.HttpSettings;
import dev.hognose.profile.ServiceProfile;
import dev.hognose.profile.StackCounts;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Stack;
import dev.hognose.settings.Env;
import dev.hognose.wire.Schema;
import dev.hognose.wire.ServiceProfileCodec;
import dev.hognose.wire.Topics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several collectors of one group on a real broker, seen from outside. */
@Tag("e2e")
class CollectorsOnClusterTest {

  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Duration BEAT = Duration.ofMillis(200);
  private static final int PARTITIONS = 4;
  private static final int PROCESSES = 40;

  /** Two scrapes are not of the same moment, and machines that run tests are busy. */
  private static final int BEATS_OF_DOUBT = 1;

  private static final Pattern RSS =
      Pattern.compile(
          "(?m)^process_resident_memory_bytes\\{[^}]*pid=\"(\\d+)\"[^}]*service=\"web\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Collector, Integer> open = new LinkedHashMap<>();
  private final List<Telemetry> processes = new ArrayList<>();
  private EmbeddedBroker broker;
  private Publisher publisher;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    // As Kafka's own default has it: who asks for a topic by name may make it, and we must not.
    broker =
        EmbeddedBroker.start(folder.resolve("broker"), Map.of("auto.create.topics.enable", "true"));
    try (ClusterTopics topics =
        new ClusterTopics(new Cluster(broker.bootstrapServers(), new Properties()))) {
      topics.createMissing(PARTITIONS, Optional.of((short) 1));
    }
    publisher = new Publisher(broker.bootstrapServers());
    Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(600);
    for (int pid = 1; pid <= PROCESSES; pid++) {
      processes.add(
          new Telemetry(new ProcessId("web", "web-1", pid, started), Duration.ofSeconds(10)));
    }
  }

  @AfterEach
  void stop() {
    publisher.close();
    open.keySet().forEach(Collector::close);
    broker.close();
  }

  @Test
  void collectorThatComesAndOneThatGoesLeaveNoGapAndNoDouble() throws Exception {
    Collector first = collector(Map.of());
    sampleAll();
    await("all shown by the first", () -> shown(first).size() == PROCESSES);

    Collector second = collector(Map.of());
    watched("when a collector comes", () -> second.isReady() && !shown(second).isEmpty());
    assertThat(shown(first)).hasSizeLessThan(PROCESSES);
    for (Collector each : List.of(first, second)) {
      assertThat(get(each, "/"))
          .contains("Not whole: this collector shows ", " of 20 partitions, others show the rest");
      assertThat(get(each, "/api/v1/alerts")).contains("\"whole\":false");
    }

    Thread leaving = new Thread(first::close, "leaving");
    leaving.start();
    watched("when a collector goes", () -> !leaving.isAlive());
    open.remove(first);
    assertThat(shown(second)).hasSize(PROCESSES);
    assertThat(get(second, "/")).doesNotContain("Not whole");
    assertThat(get(second, "/api/v1/alerts")).contains("\"whole\":true");
  }

  @Test
  void olderProcessesAreKnownByWhatTheySaidWhenTheyStarted() throws Exception {
    List<ProducerRecord<byte[], byte[]>> starts = new ArrayList<>();
    for (Telemetry process : processes) {
      starts.add(process.started(Instant.now().minusSeconds(590), "3.11.7"));
    }
    publisher.send(starts);
    sampleAll();

    Collector collector = collector(Map.of());

    await(
        "python_info of all",
        () ->
            metrics(collector)
                    .lines()
                    .filter(line -> line.startsWith("python_info{"))
                    .filter(line -> line.contains("version=\"3.11.7\""))
                    .count()
                == PROCESSES);
    assertThat(metrics(collector)).contains("worker_kind=\"uvicorn\"");
  }

  @Test
  void otlpIsToldOfEachProcessByTheCollectorThatHasIt() throws Exception {
    try (Admin admin = new Cluster(broker.bootstrapServers(), new Properties()).admin()) {
      admin.createTopics(List.of(new NewTopic("otlp_metrics", 2, (short) 1))).all().get();
    }
    Map<String, String> otlp =
        Map.of("HOGNOSE_OTLP_TOPIC", "otlp_metrics", "HOGNOSE_OTLP_INTERVAL", "1s");
    collector(otlp);
    Collector second = collector(otlp);
    await("both have partitions", second::isReady);
    sampleAll();

    Map<String, ExportMetricsServiceRequest> told = new HashMap<>();
    Instant deadline = Instant.now().plus(DEADLINE);
    try (TopicReader reader =
        TopicReader.fromBeginning(
            new Cluster(broker.bootstrapServers(), new Properties()), List.of("otlp_metrics"))) {
      while (told.size() < PROCESSES && Instant.now().isBefore(deadline)) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(BEAT)) {
          String key = new String(record.key(), UTF_8);
          if (key.contains("/")) {
            told.put(key, ExportMetricsServiceRequest.parseFrom(record.value()));
          }
        }
      }
    }

    assertThat(told).hasSize(PROCESSES).containsKey("web/web-1/1");
    assertThat(told.values())
        .allSatisfy(
            request ->
                assertThat(
                        request.getResourceMetrics(0).getScopeMetrics(0).getMetricsList().stream()
                            .map(Metric::getName))
                    .contains("process.cpu.time", "process.memory.usage"));
  }

  @Test
  void hotCodeOfThePastIsReadFromItsTopic() throws Exception {
    Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES).minusSeconds(120);
    publisher.send(List.of(profile("web", minute, 7), profile("web", minute.plusSeconds(60), 5)));
    publisher.send(List.of(profile("other", minute, 100)));
    Collector collector = collector(Map.of());
    await("ready", collector::isReady);

    JsonNode shown =
        new ObjectMapper().readTree(get(collector, "/api/v1/profiles?service=web&from=-1h"));

    assertThat(shown.path("seen").asInt()).isEqualTo(12);
    assertThat(shown.path("functions").path(0).path("place").asText()).contains("pay");
    assertThat(
            new ObjectMapper()
                .readTree(get(collector, "/api/v1/profiles?service=nobody&from=-1h"))
                .path("seen")
                .asInt())
        .isZero();
  }

  @Test
  void collectorWaitsForTopicsAndSaysWhichAndForThoseThatWent() throws Exception {
    try (Admin admin = new Cluster(broker.bootstrapServers(), new Properties()).admin();
        ClusterTopics topics =
            new ClusterTopics(new Cluster(broker.bootstrapServers(), new Properties()))) {
      admin.deleteTopics(admin.listTopics().names().get()).all().get();
      Collector collector = collector(Map.of());
      await(
          "/readyz tells which topics are missing",
          () ->
              get(collector, "/readyz")
                  .startsWith(
                      "topics [hognose.samples, hognose.events, hognose.trends, hognose.services,"
                          + " hognose.alerts] do not exist yet at 127.0.0.1:"));
      assertThat(get(collector, "/")).contains("Not whole: topics [");
      assertThat(get(collector, "/api/v1/profiles?service=web"))
          .contains("\"error\"", "hognose.profiles");

      topics.createMissing(PARTITIONS, Optional.of((short) 1));
      await("/readyz is well", () -> get(collector, "/readyz").equals("ok\n"));

      sampleAll();
      admin.deleteTopics(List.of(Topics.ALERTS.name())).all().get();
      await(
          "/readyz tells of the topic that went, while others are busy",
          () -> {
            sampleAll();
            return get(collector, "/readyz").contains("topics [hognose.alerts] do not exist yet");
          });
      topics.createMissing(PARTITIONS, Optional.of((short) 1));
      await("/readyz is well again", () -> get(collector, "/readyz").equals("ok\n"));
      assertThat(get(collector, "/healthz")).isEqualTo("ok\n");
    }
  }

  private static ProducerRecord<byte[], byte[]> profile(String service, Instant minute, int seen) {
    Stack stack = new Stack(List.of(new Frame("/srv/web/views.py", 41, "pay")), seen, "MainThread");
    ServiceProfile profile =
        new ServiceProfile(
            service,
            "1.0",
            minute,
            1,
            seen,
            Duration.ofMinutes(1),
            new StackCounts(List.of(stack), 0, false));
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Topics.PROFILES.name(),
            null,
            minute.toEpochMilli(),
            service.getBytes(UTF_8),
            new ServiceProfileCodec().encode(profile));
    record.headers().add(Schema.HEADER, Schema.header());
    return record;
  }

  /** Scrapes all that answer, beat for beat, until a while after it has happened. */
  private void watched(String what, Callable<Boolean> happened) throws Exception {
    Instant deadline = Instant.now().plus(DEADLINE);
    List<String> wrong = new ArrayList<>();
    int beats = 0;
    int after = 0;
    while (after < 10) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError(what + ": not seen within " + DEADLINE);
      }
      if (beats % 10 == 0) {
        sampleAll();
      }
      Map<String, Integer> times = new HashMap<>();
      for (Collector each : open.keySet()) {
        shownOrGone(each).forEach(pid -> times.merge(pid, 1, Integer::sum));
      }
      long twice = times.values().stream().filter(count -> count > 1).count();
      if (times.size() != PROCESSES || twice > 0) {
        wrong.add(
            "beat %d: %d of %d shown, %d of them twice"
                .formatted(beats, times.size(), PROCESSES, twice));
      }
      after += happened.call() ? 1 : 0;
      beats++;
      Thread.sleep(BEAT.toMillis());
    }
    System.out.printf("%s: %d of %d beats in doubt %s%n", what, wrong.size(), beats, wrong);
    assertThat(wrong).as(what).hasSizeLessThanOrEqualTo(BEATS_OF_DOUBT);
  }

  private void sampleAll() throws Exception {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (Telemetry process : processes) {
      records.add(process.sample(Instant.now(), Bytes.ofMebi(50), 1000));
    }
    publisher.send(records);
  }

  private Collector collector(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("HOGNOSE_HTTP_PORT", "0");
    all.put("HOGNOSE_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    Env env = new Env(all);
    HttpSettings http = HttpSettings.from(env, CollectorSettings.DEFAULT_PORT);
    // As the program runs them: the group knows each by a name.
    Collector collector =
        new Collector(
            CollectorSettings.from(env, http, Optional.of("place-" + open.size())),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    collector.start();
    open.put(collector, collector.port());
    return collector;
  }

  /** A collector that is gone shows nothing. */
  private List<String> shownOrGone(Collector collector) throws InterruptedException {
    try {
      return shown(collector);
    } catch (IOException gone) {
      return List.of();
    }
  }

  private List<String> shown(Collector collector) throws IOException, InterruptedException {
    List<String> pids = new ArrayList<>();
    Matcher found = RSS.matcher(metrics(collector));
    while (found.find()) {
      pids.add(found.group(1));
    }
    return pids;
  }

  private String metrics(Collector collector) throws IOException, InterruptedException {
    return get(collector, "/metrics");
  }

  private String get(Collector collector, String path) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + open.get(collector) + path);
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString(UTF_8)).body();
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    Instant deadline = Instant.now().plus(DEADLINE);
    while (!condition.call()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError(what + ": not seen within " + DEADLINE);
      }
      Thread.sleep(BEAT.toMillis());
    }
  }
}
