package dev.hognose.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hognose.app.Received;
import dev.hognose.app.Run;
import dev.hognose.app.Telemetry;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.wire.capture.CaptureWindow;
import dev.hognose.wire.capture.CaptureWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A past window in the real promtool and the real Prometheus. */
class OpenMetricsTest {

  private static final Instant T0 = Instant.parse("2024-05-01T11:00:00Z");
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Frame PAY = new Frame("/srv/orders/views.py", 41, "pay");

  @TempDir private Path folder;
  private Path capture;
  private Path series;

  @BeforeEach
  void record() throws IOException {
    capture = folder.resolve("incident.hog");
    series = folder.resolve("incident.om");
    CaptureWindow window =
        new CaptureWindow(
            T0, T0, T0.plusSeconds(1200), List.of(), Map.of(), CaptureWindow.Names.KEPT);
    Telemetry orders =
        new Telemetry(
            new ProcessId("orders", "web-1", 4242, T0.plusSeconds(1)), Duration.ofSeconds(10));
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int second = 5; second < 1200; second += 10) {
      records.add(orders.sample(T0.plusSeconds(second), Bytes.ofMebi(50 + second), 100_000));
      if (second == 605) {
        records.add(orders.block(T0.plusSeconds(606), Duration.ofMillis(1500), PAY));
      }
    }
    try (CaptureWriter writer = CaptureWriter.create(capture, "test", T0, window)) {
      for (ProducerRecord<byte[], byte[]> each : records) {
        writer.add(Received.at(0, 0, each));
      }
      writer.finish();
    }
  }

  @Test
  void prometheusShowsThePastAsTheCollectorWouldHaveShownIt() throws Exception {
    Run run = Run.of("replay", "--openmetrics", series.toString(), capture.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();

    Path data = folder.resolve("data");
    run(
        "promtool",
        "tsdb",
        "create-blocks-from",
        "openmetrics",
        series.toString(),
        data.toString());

    JsonNode resident = query(data, "process_resident_memory_bytes", T0.plusSeconds(600));
    assertThat(resident).hasSize(1);
    assertThat(resident.get(0).path("metric").path("service").asText()).isEqualTo("orders");
    assertThat(resident.get(0).path("value").get(1).asDouble())
        .isEqualTo((double) Bytes.ofMebi(50 + 595).count());
    JsonNode together = query(data, "hognose_service_watched_processes", T0.plusSeconds(600));
    assertThat(together).hasSize(1);
    assertThat(together.get(0).path("metric").path("service").asText()).isEqualTo("orders");
    assertThat(together.get(0).path("value").get(1).asText()).isEqualTo("1");
    assertThat(query(data, "hognose_alerts_firing{kind=\"loop_block\"} > 0", T0.plusSeconds(660)))
        .isNotEmpty();
    assertThat(query(data, "hognose_alerts_firing{kind=\"loop_block\"} > 0", T0.plusSeconds(540)))
        .isEmpty();
  }

  @Test
  void failedReplayLeavesNoHalfFile() throws IOException {
    Run run =
        Run.of(
            "replay",
            "--service",
            "nobody",
            "--openmetrics",
            series.toString(),
            capture.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(capture);
    }
  }

  private JsonNode query(Path data, String query, Instant at) throws Exception {
    Path config = Files.writeString(folder.resolve("prometheus.yml"), "scrape_configs: []\n");
    int port = freePort();
    Process prometheus =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + data,
                "--storage.tsdb.retention.time=100y",
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    try {
      URI asked =
          URI.create(
              "http://127.0.0.1:"
                  + port
                  + "/api/v1/query?time="
                  + at.getEpochSecond()
                  + "&query="
                  + URLEncoder.encode(query, StandardCharsets.UTF_8));
      return new ObjectMapper().readTree(answer(asked)).path("data").path("result");
    } finally {
      prometheus.destroy();
      prometheus.waitFor(10, TimeUnit.SECONDS);
    }
  }

  private String answer(URI asked) throws Exception {
    Instant deadline = Instant.now().plus(DEADLINE);
    while (Instant.now().isBefore(deadline)) {
      try {
        HttpResponse<String> response =
            HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(asked).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 200) {
          return response.body();
        }
      } catch (java.net.ConnectException notYet) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    throw new AssertionError(
        "no answer of Prometheus within "
            + DEADLINE
            + ": "
            + Files.readString(folder.resolve("prometheus.log")));
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).describedAs(said).isZero();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
