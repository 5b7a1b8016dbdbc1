package dev.hognose.collector;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.alert;
import static dev.hognose.collector.Examples.sample;
import static dev.hognose.collector.Examples.trend;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hognose.collector.api.ApiRoutes;
import dev.hognose.collector.fleet.Fleet;
import dev.hognose.collector.history.History;
import dev.hognose.collector.http.HealthRoutes;
import dev.hognose.collector.http.HttpSettings;
import dev.hognose.collector.http.WebServer;
import dev.hognose.collector.metrics.FleetMetrics;
import dev.hognose.collector.metrics.MetricsRoutes;
import dev.hognose.collector.page.Grafana;
import dev.hognose.collector.page.Onward;
import dev.hognose.collector.page.PageRoutes;
import dev.hognose.leak.Trend.Verdict;
import io.javalin.http.Handler;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A fleet behind all views that the collector has, on a free port, without Kafka. */
public final class ServedFleet implements AutoCloseable {

  private final ManualClock clock = new ManualClock(T0);
  private final Fleet fleet = new Fleet(clock, Duration.ofDays(1));
  private final PrometheusMeterRegistry own = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebServer server =
      new WebServer(HttpSettings.open("127.0.0.1", 0), handlers(), own);
  private History past = new History(List.of(), true);
  private Optional<String> illness = Optional.empty();
  private Optional<String> waitingFor = Optional.empty();

  /** An empty one that listens. */
  public ServedFleet() {
    server.start();
  }

  @Override
  public void close() {
    server.close();
  }

  public Fleet fleet() {
    return fleet;
  }

  public HttpClient client() {
    return client;
  }

  public int port() {
    return server.port();
  }

  /** Lets time pass. */
  public void pass(Duration time) {
    clock.pass(time);
  }

  /** What ails the collector. */
  public void illness(Optional<String> reason) {
    illness = reason;
  }

  /** What the collector waits for. */
  public void waitingFor(Optional<String> reason) {
    waitingFor = reason;
  }

  /** What the topic tells of any process. */
  public void past(History history) {
    past = history;
  }

  /** One process that leaks, and its alert {@code a1}. */
  public void fill() {
    fleet.apply(0, sample(PROCESS, 1, T0), T0);
    fleet.apply(0, trend(PROCESS, T0, Verdict.LEAKING));
    fleet.apply(0, alert("a1", "orders leaks"));
    fleet.publish();
  }

  /** Of everything that answers. */
  public Set<String> paths() {
    return handlers().keySet();
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  public HttpResponse<String> get(String path) throws Exception {
    return send("GET", path);
  }

  public HttpResponse<String> send(String method, String path) throws Exception {
    return client.send(
        request(path).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  /** What a path answers that must be well. */
  public JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    return new ObjectMapper().readTree(answer.body());
  }

  /** Of the alerts of a path. */
  public List<String> ids(String path) throws Exception {
    return json(path).get("alerts").findValuesAsText("id");
  }

  /** The sentence with which a path's query is refused. */
  public String refused(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(400);
    return error(answer);
  }

  /** The sentence of an answer that is none. */
  public static String error(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body()).get("error").asText();
  }

  private Map<String, Handler> handlers() {
    Map<String, Handler> handlers = new HashMap<>();
    handlers.putAll(new HealthRoutes(() -> illness, () -> waitingFor).handlers());
    handlers.putAll(new MetricsRoutes(new FleetMetrics(fleet::snapshot, 10_000), own).handlers());
    handlers.putAll(
        new ApiRoutes(
                fleet::snapshot,
                () -> waitingFor,
                new ApiRoutes.Past(query -> past, Examples::pastProfile),
                clock)
            .handlers());
    handlers.putAll(
        new PageRoutes(
                fleet::snapshot,
                () -> waitingFor,
                clock,
                new Onward(
                    Grafana.at("HOGNOSE_GRAFANA", "https://grafana.example.org/"),
                    "kafka-1:9092,kafka-2:9092"))
            .handlers());
    handlers.put(
        "/broken",
        context -> {
          throw new IllegalStateException("a secret");
        });
    return handlers;
  }
}
