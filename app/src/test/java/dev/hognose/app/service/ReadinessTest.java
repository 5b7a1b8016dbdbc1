package dev.hognose.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.app.Publisher;
import dev.hognose.app.Telemetry;
import dev.hognose.app.broker.EmbeddedBroker;
import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.topics.ClusterTopics;
import dev.hognose.collector.Collector;
import dev.hognose.collector.CollectorSettings;
import dev.hognose.collector.http.HealthRoutes;
import dev.hognose.collector.http.HttpSettings;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.ProcessId;
import dev.hognose.settings.Env;
import dev.hognose.streams.StreamsApplication;
import dev.hognose.streams.StreamsSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.streams.LagInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After a restart both programs say that they are not ready, and why, until they know what they
 * knew.
 *
 * <p>How long that takes is the broker's to say: a quota holds back what is read until it was seen.
 */
@Tag("e2e")
class ReadinessTest {

  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final int PROCESSES = 3_000;

  /** Of what is to be read again, a small part a second. */
  private static final double HELD_BACK = 10_000;

  private final HttpClient http = HttpClient.newHttpClient();
  private EmbeddedBroker broker;
  private Path folder;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    this.folder = folder;
    // A client that is over its quota waits for a second or two, not for ten.
    broker = EmbeddedBroker.start(folder.resolve("broker"), Map.of("quota.window.num", "2"));
    try (ClusterTopics topics =
        new ClusterTopics(new Cluster(broker.bootstrapServers(), new Properties()))) {
      topics.createMissing(2, Optional.of((short) 1));
    }
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void notReadyUntilAllIsKnownAgain() throws Exception {
    List<ProducerRecord<byte[], byte[]>> samples = samples();
    try (Publisher publisher = new Publisher(broker.bootstrapServers())) {
      try (OwnStreams before = new OwnStreams()) {
        publisher.send(samples);
        await("all judged", () -> before.counted("applied") == PROCESSES);
      }
      collectorTellsWhatIsToGo();
      streamsTellWhatIsToGo(publisher, samples);
    }
  }

  private void collectorTellsWhatIsToGo() throws Exception {
    holdBack(Optional.of(HELD_BACK));
    try (OwnMetrics own = new OwnMetrics();
        Collector collector = new Collector(CollectorSettings.from(env()), own.registry())) {
      collector.start();
      awaitBody(collector.port(), "offsets to go\n");

      holdBack(Optional.empty());
      await("collector ready", () -> get(collector.port(), "/readyz").statusCode() == 200);
      assertThat(collector.fleet().processes()).hasSize(PROCESSES);
    }
  }

  private void streamsTellWhatIsToGo(
      Publisher publisher, List<ProducerRecord<byte[], byte[]>> samples) throws Exception {
    spoilStateFolder();
    holdBack(Optional.of(HELD_BACK));
    try (OwnStreams again = new OwnStreams()) {
      awaitBody(again.status.port(), "records of \\d+ changelogs to go\n");
      assertThat(get(again.status.port(), "/healthz").statusCode()).isEqualTo(200);

      holdBack(Optional.empty());
      await("streams ready", () -> get(again.status.port(), "/readyz").statusCode() == 200);
      assertThat(again.lags()).isNotEmpty().allMatch(lag -> lag.offsetLag() == 0);

      publisher.send(samples);
      await("all known", () -> again.counted("doubled") == PROCESSES);
      assertThat(again.counted("applied")).isZero();
    }
  }

  /** All state is in memory and in changelogs: what stands in the folder is nobody's. */
  private void spoilStateFolder() throws Exception {
    Path task = folder.resolve("state/hognose-streams/0_0");
    Files.createDirectories(task);
    Files.writeString(task.resolve(".checkpoint"), "spoilt");
  }

  private static List<ProducerRecord<byte[], byte[]>> samples() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    List<ProducerRecord<byte[], byte[]>> samples = new ArrayList<>();
    for (int pid = 1; pid <= PROCESSES; pid++) {
      ProcessId process = new ProcessId("service-" + pid % 50, "web-1", pid, now.minusSeconds(600));
      samples.add(
          new Telemetry(process, Duration.ofMinutes(10))
              .sample(now, Bytes.ofMebi(50 + pid % 100), 100_000 + pid));
    }
    return samples;
  }

  /** What every client may read in a second, in bytes; empty for all that there is. */
  private void holdBack(Optional<Double> bytes) throws Exception {
    Map<String, Object> config =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    ClientQuotaEntity everyClient =
        new ClientQuotaEntity(Collections.singletonMap(ClientQuotaEntity.CLIENT_ID, null));
    ClientQuotaAlteration.Op reading =
        new ClientQuotaAlteration.Op("consumer_byte_rate", bytes.orElse(null));
    try (Admin admin = Admin.create(config)) {
      admin
          .alterClientQuotas(List.of(new ClientQuotaAlteration(everyClient, List.of(reading))))
          .all()
          .get();
    }
  }

  private void awaitBody(int port, String pattern) throws Exception {
    Set<String> seen = new LinkedHashSet<>();
    await(
        () -> pattern.strip() + " on /readyz, but " + seen,
        () -> {
          HttpResponse<String> answer = get(port, "/readyz");
          seen.add(answer.statusCode() + " " + answer.body().strip());
          return answer.statusCode() == 503 && answer.body().matches("(?s).*" + pattern);
        });
  }

  private HttpResponse<String> get(int port, String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + port + path);
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    await(() -> what, condition);
  }

  private static void await(Supplier<String> what, Callable<Boolean> condition) throws Exception {
    Instant deadline = Instant.now().plus(DEADLINE);
    while (!condition.call()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError(what.get() + ": not seen within " + DEADLINE);
      }
      Thread.sleep(LOOK_AGAIN.toMillis());
    }
  }

  private Env env() {
    return new Env(
        Map.of(
            "HOGNOSE_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
            "HOGNOSE_STATE_DIR", folder.resolve("state").toString(),
            "HOGNOSE_HTTP_PORT", "0"));
  }

  /** The streams as their command runs them. */
  private final class OwnStreams implements AutoCloseable {

    private final OwnMetrics own = new OwnMetrics();
    private final StreamsApplication streams =
        new StreamsApplication(StreamsSettings.from(env()), own.registry());
    private final StatusServer status =
        new StatusServer(
            HttpSettings.open("127.0.0.1", 0),
            own.registry(),
            new HealthRoutes(streams::illness, streams::waitingFor));

    OwnStreams() {
      status.start();
      streams.start();
    }

    Collection<LagInfo> lags() {
      return streams.kafkaStreams().allLocalStorePartitionLags().values().stream()
          .flatMap(partitions -> partitions.values().stream())
          .toList();
    }

    double counted(String outcome) {
      return own
          .registry()
          .find("hognose.streams.records")
          .tag("outcome", outcome)
          .counters()
          .stream()
          .mapToDouble(counter -> counter.count())
          .sum();
    }

    @Override
    public void close() {
      streams.close();
      status.close();
      own.close();
    }
  }
}
