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
import dev.hognose.collector.page.Onward;
import dev.hognose.collector.page.PageRoutes;
import io.javalin.http.Handler;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever is asked, it is answered or refused in one sentence; {@code hognose.fuzz.inputs}. */
@Tag("fuzz")
class QueryFuzzTest {

  private static final double SHARE = 0.1;

  /** Queries over one connection. */
  private static final long A_VISIT = 500;

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

  @Test
  void everyQueryIsAnsweredOrRefused() throws Exception {
    fleet.apply(0, sample(PROCESS, 1, T0), T0);
    fleet.apply(0, alert("a1", "orders leaks"));
    fleet.publish();
    Map<Integer, Long> statuses = new ConcurrentSkipListMap<>();
    long began = System.nanoTime();
    int findings = 1;
    try (WebServer server = new WebServer(HttpSettings.open("127.0.0.1", 0), handlers(), own)) {
      server.start();
      LongStream.range(0, (INPUTS + A_VISIT - 1) / A_VISIT)
          .parallel()
          .forEach(visit -> visit(server.port(), visit, statuses));
      findings = 0;
    } finally {
      System.out.printf(
          "fuzz HTTP inputs=%d refused=%d findings=%d seconds=%.0f seed=%d%n",
          INPUTS, refused(statuses), findings, (System.nanoTime() - began) / 1e9, FIRST);
    }
    assertThat(statuses.keySet()).contains(200, 400);
  }

  private static long refused(Map<Integer, Long> statuses) {
    return statuses.entrySet().stream()
        .filter(each -> each.getKey() >= 400)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Some of the queries; over another connection when this one has ended. */
  private static void visit(int port, long number, Map<Integer, Long> statuses) {
    long first = FIRST + number * A_VISIT;
    long end = Math.min(FIRST + INPUTS, first + A_VISIT);
    for (long next = first; next < end; ) {
      long before = next;
      try (Visit visit = new Visit(port)) {
        while (next < end) {
          statuses.merge(status(visit, asked(new Random(next))), 1L, Long::sum);
          next++;
        }
      } catch (IOException ended) {
        // The server may end a connection after it has answered, not before.
        if (next == before) {
          throw new AssertionError("input " + next + " " + asked(new Random(next)), ended);
        }
      }
    }
  }

  private static int status(Visit visit, String asked) throws IOException {
    Visit.Answer answer = visit.ask(asked);
    if (answer.status() < 200 || answer.status() > 499) {
      throw new AssertionError(asked + ": answered with " + answer.status());
    }
    String body = answer.body();
    if (answer.status() >= 400) {
      hold(asked, body, body.lines().limit(200).count() < 200);
      hold(asked, body, !body.contains("Exception") && !body.contains("\tat "));
    }
    if (answer.contentType().startsWith("text/html")) {
      hold(asked, body, !body.contains("<script>"));
    }
    return answer.status();
  }

  /** Said only when it is not so: a sentence a query would take longer than the query. */
  private static void hold(String asked, String body, boolean isSo) {
    if (!isSo) {
      throw new AssertionError(asked + " was answered with " + body);
    }
  }

  private static String asked(Random random) {
    StringBuilder asked = new StringBuilder(one(PATHS, random));
    if (asked.charAt(asked.length() - 1) == '/' && asked.length() > 1) {
      asked.append(value(random));
    }
    int parameters = random.nextInt(5);
    for (int i = 0; i < parameters; i++) {
      asked.append(i == 0 ? '?' : '&').append(written(one(NAMES, random)));
      asked.append('=').append(value(random));
    }
    return asked.toString();
  }

  private static String value(Random random) {
    String value = one(VALUES, random);
    if (random.nextInt(3) > 0) {
      return written(value);
    }
    byte[] noise = new byte[random.nextInt(40)];
    random.nextBytes(noise);
    String noisy = value + new String(noise, UTF_8);
    // Unless it would end the line, it may stand there as it is.
    return random.nextInt(4) > 0 ? written(noisy) : noisy.replaceAll("[\\s\\x00]", "+");
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
                Optional::empty,
                new ApiRoutes.Past(
                    query -> new History(List.of(), true),
                    query -> new PastProfile(Optional.empty(), List.of(), 0, true)),
                new ManualClock(T0))
            .handlers());
    handlers.putAll(
        new PageRoutes(fleet::snapshot, Optional::empty, new ManualClock(T0), Onward.NOWHERE)
            .handlers());
    return handlers;
  }
}
