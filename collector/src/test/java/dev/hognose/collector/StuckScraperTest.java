package dev.hognose.collector;

import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.collector.fleet.Fleet;
import dev.hognose.collector.http.HealthRoutes;
import dev.hognose.collector.http.HttpSettings;
import dev.hognose.collector.http.WebServer;
import dev.hognose.collector.metrics.FleetMetrics;
import dev.hognose.collector.metrics.MetricsRoutes;
import io.javalin.http.Handler;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scrapers that ask and never read, more of them than the server has threads. */
class StuckScraperTest {

  private static final int STUCK = 30;
  private static final int LARGER_THAN_ANY_BUFFER = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Fleet fleet = new Fleet(new ManualClock(T0), Duration.ofDays(1));
  private final PrometheusMeterRegistry own = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final WebServer server =
      new WebServer(HttpSettings.open("127.0.0.1", 0), handlers(), own);
  private final List<Socket> stuck = new ArrayList<>();

  @BeforeEach
  void listen() {
    for (int pid = 1; pid <= LARGER_THAN_ANY_BUFFER; pid++) {
      fleet.apply(0, sample(Examples.process(pid), 1, T0), T0);
    }
    fleet.publish();
    server.start();
  }

  @AfterEach
  void end() throws IOException {
    for (Socket socket : stuck) {
      socket.close();
    }
    server.close();
  }

  @Test
  void holdNothingUp() throws Exception {
    for (int i = 0; i < STUCK; i++) {
      askAndReadNoMoreThanTheStatus();
    }
    fleet.apply(0, sample(Examples.process(1), 2, T0), T0);
    fleet.publish();

    assertThat(fleet.snapshot().processes().get(0).latest().sequence()).isEqualTo(2);
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(get("/metrics").body())
        .contains("pid=\"" + LARGER_THAN_ANY_BUFFER + "\"")
        .containsPattern("hognose_collector_scrapes_aborted_total [0-9.]+\n");
    assertThat(own.get("hognose.collector.scrapes.aborted").counter().count()).isPositive();
  }

  private void askAndReadNoMoreThanTheStatus() throws IOException {
    Socket socket = new Socket();
    stuck.add(socket);
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket
        .getOutputStream()
        .write("GET /metrics HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
        .isEqualTo("HTTP/1.1 200");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(PATIENCE)
                .build(),
            BodyHandlers.ofString());
  }

  private Map<String, Handler> handlers() {
    Map<String, Handler> handlers = new HashMap<>();
    handlers.putAll(new HealthRoutes(Optional::empty, Optional::empty).handlers());
    handlers.putAll(new MetricsRoutes(new FleetMetrics(fleet::snapshot, 10_000), own).handlers());
    return handlers;
  }
}
