package dev.hognose.collector;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.alert;
import static dev.hognose.collector.Examples.sample;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.collector.api.ApiRoutes;
import dev.hognose.collector.fleet.Fleet;
import dev.hognose.collector.history.History;
import dev.hognose.collector.history.PastProfile;
import dev.hognose.collector.http.HealthRoutes;
import dev.hognose.collector.http.HttpSettings;
import dev.hognose.collector.http.WebServer;
import dev.hognose.collector.metrics.FleetMetrics;
import dev.hognose.collector.metrics.MetricsRoutes;
import dev.hognose.collector.page.Grafana;
import dev.hognose.collector.page.PageRoutes;
import io.javalin.http.Handler;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever is asked, it is answered or refused in one sentence; {@code hognose.fuzz.inputs}. */
@Tag("fuzz")
class QueryFuzzTest {

  private static final double SHARE = 0.02;
  private static final long INPUTS =
      Math.round(SHARE * Long.getLong("hognose.fuzz.inputs", 20_000));
  private static final long FIRST = Long.getLong("hognose.fuzz.first", 0);

  private static final List<String> PATHS =
      List.of(
          "/",
          "/alerts/",
          "/service",
          "/services",
          "/process",
          "/hot-code",
          "/assets/",
          "/metrics",
          "/readyz",
          "/api/v1/alerts",
          "/api/v1/alerts/",
          "/api/v1/history",
          "/api/v1/processes",
          "/api/v1/profiles",
          "/api/v1/services",
          "/api/v1/openapi.json");
  private static final List<String> NAMES =
      List.of(
          "state",
          "service",
          "host",
          "kind",
          "process",
          "key",
          "name",
          "from",
          "to",
          "version",
          "against_version",
          "against_from",
          "against_to",
          "alert",
          "id",
          "limit",
          "");
  private static final List<String> VALUES =
      List.of(
          "firing",
          "resolved",
          "orders",
          "loop_block",
          "orders/web-1/4242/1714561200000",
          "-1h",
          "now",
          "2024-05-01T11:00:00Z",
          "9999999999999999999",
          "-1",
          "0",
          "1e309",
          "NaN",
          "",
          "../../etc/passwd",
          "<script>",
          "\u0000",
          "%00",
          "\ud83d\ude00",
          "\u202e",
          "a1");

  private final Fleet fleet = new Fleet(new ManualClock(T0), Duration.ofDays(1));
  private final PrometheusMeterRegistry own = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void everyQueryIsAnsweredOrRefused() throws Exception {
    fleet.apply(0, sample(PROCESS, 1, T0), T0);
    fleet.apply(0, alert("a1", "orders leaks"));
    fleet.publish();
    Map<Integer, Long> statuses = new TreeMap<>();
    try (WebServer server = new WebServer(HttpSettings.open("127.0.0.1", 0), handlers(), own)) {
      server.start();
      for (long number = FIRST; number < FIRST + INPUTS; number++) {
        statuses.merge(status(server, asked(new Random(number))), 1L, Long::sum);
      }
    }
    System.out.printf("fuzz %-12s inputs=%d statuses=%s findings=0%n", "HTTP", INPUTS, statuses);
    assertThat(statuses.keySet()).contains(200, 400);
  }

  private int status(WebServer server, String asked) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + server.port() + asked);
    HttpResponse<String> answer =
        client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(asked).isBetween(200, 499);
    if (answer.statusCode() >= 400) {
      assertThat(answer.body().lines()).as(asked + ": " + answer.body()).hasSizeLessThan(200);
      assertThat(answer.body()).as(asked).doesNotContain("Exception", "\tat ");
    }
    if (answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
      assertThat(answer.body()).as(asked).doesNotContain("<script>");
    }
    return answer.statusCode();
  }

  private static String asked(Random random) {
    StringBuilder asked = new StringBuilder(one(PATHS, random));
    if (asked.charAt(asked.length() - 1) == '/' && asked.length() > 1) {
      asked.append(written(value(random)));
    }
    int parameters = random.nextInt(5);
    for (int i = 0; i < parameters; i++) {
      asked.append(i == 0 ? '?' : '&').append(written(one(NAMES, random)));
      asked.append('=').append(written(value(random)));
    }
    return asked.toString();
  }

  private static String value(Random random) {
    String value = one(VALUES, random);
    if (random.nextInt(3) > 0) {
      return value;
    }
    byte[] noise = new byte[random.nextInt(40)];
    random.nextBytes(noise);
    return value + new String(noise, UTF_8);
  }

  private static String written(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static String one(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  private Map<String, Handler> handlers() {
    Map<String, Handler> handlers = new HashMap<>();
    handlers.putAll(new HealthRoutes(Optional::empty, Optional::empty).handlers());
    handlers.putAll(new MetricsRoutes(new FleetMetrics(fleet::snapshot, 10_000), own).handlers());
    handlers.putAll(
        new ApiRoutes(
                fleet::snapshot,
                query -> new History(List.of(), true),
                query -> new PastProfile(Optional.empty(), List.of(), 0, true),
                new ManualClock(T0))
            .handlers());
    handlers.putAll(
        new PageRoutes(fleet::snapshot, Optional::empty, new ManualClock(T0), Grafana.NONE)
            .handlers());
    return handlers;
  }
}
