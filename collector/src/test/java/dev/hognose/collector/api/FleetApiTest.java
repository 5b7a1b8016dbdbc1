package dev.hognose.collector.api;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.alert;
import static dev.hognose.collector.Examples.loop;
import static dev.hognose.collector.Examples.sample;
import static dev.hognose.collector.Examples.trend;
import static dev.hognose.collector.ServedFleet.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hognose.collector.Examples;
import dev.hognose.collector.ServedFleet;
import dev.hognose.leak.Trend.Verdict;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.Histogram;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is so now, as JSON, in the words of the wire. */
class FleetApiTest {

  private final ServedFleet web = new ServedFleet();

  @AfterEach
  void end() {
    web.close();
  }

  @Test
  void processesAreListedWithTheWiresNames() throws Exception {
    web.fleet().apply(0, sample(PROCESS, 1, T0), T0);
    web.fleet()
        .apply(
            0,
            sample(
                PROCESS,
                2,
                T0.plusSeconds(10),
                new Cpu(Duration.ofSeconds(17), Duration.ofSeconds(3)),
                List.of(loop("MainThread", Histogram.of(new long[] {0, 190, 9, 1}, 0.05)))),
            T0);
    web.fleet().apply(0, trend(PROCESS, T0, Verdict.LEAKING));
    web.fleet().publish();

    JsonNode process = web.json("/api/v1/processes").get("processes").get(0);

    assertThat(process.get("process").toString())
        .isEqualTo(
            "{\"service\":\"orders\",\"host\":\"web-1\",\"pid\":4242,"
                + "\"started_at_ms\":1772348400000}");
    assertThat(process.get("rss_bytes").asLong()).isEqualTo(213L << 20);
    assertThat(process.get("cpu_cores").asDouble()).isEqualTo(0.5);
    assertThat(process.get("at_ms").asLong()).isEqualTo(T0.plusSeconds(10).toEpochMilli());
    assertThat(process.get("loops").get(0).get("lag_p99_seconds").asDouble()).isEqualTo(0.0005);
    assertThat(process.get("trend").get("verdict").asText()).isEqualTo("leaking");
    assertThat(process.get("trend").get("slope_bytes_per_hour").asDouble()).isEqualTo(3600 * 1024);
  }

  @Test
  void lagAboveTheLastBoundIsANumberToo() throws Exception {
    long[] counts = new long[Histogram.buckets()];
    counts[counts.length - 1] = 1;
    web.fleet()
        .apply(
            0,
            sample(
                PROCESS,
                1,
                T0,
                new Cpu(Duration.ZERO, Duration.ZERO),
                List.of(loop("MainThread", Histogram.of(counts, 60)))),
            T0);
    web.fleet().publish();

    JsonNode loop = web.json("/api/v1/processes").get("processes").get(0).get("loops").get(0);
    assertThat(loop.get("lag_p99_seconds").asDouble()).isEqualTo(10);
    assertThat(web.get("/service?name=orders").body()).contains("&gt; 10.0 s");
  }

  @Test
  void processesAreFilteredByServiceAndHost() throws Exception {
    web.fill();

    assertThat(web.json("/api/v1/processes?service=orders&host=web-1").get("processes")).hasSize(1);
    assertThat(web.json("/api/v1/processes?service=catalog").get("processes")).isEmpty();
    assertThat(web.json("/api/v1/processes?host=web-2").get("processes")).isEmpty();
  }

  @Test
  void alertsAreFilteredByStateServiceAndKind() throws Exception {
    web.fleet().apply(0, alert("a1", "orders leaks"));
    web.fleet().apply(0, alert("a2", "orders leaked").resolved(T0));
    web.fleet().publish();

    assertThat(web.ids("/api/v1/alerts")).containsExactly("a1", "a2");
    assertThat(web.ids("/api/v1/alerts?state=all")).containsExactly("a1", "a2");
    assertThat(web.ids("/api/v1/alerts?state=firing")).containsExactly("a1");
    assertThat(web.ids("/api/v1/alerts?state=resolved")).containsExactly("a2");
    assertThat(web.ids("/api/v1/alerts?kind=memory_leak&service=orders"))
        .containsExactly("a1", "a2");
    assertThat(web.ids("/api/v1/alerts?kind=loop_block")).isEmpty();
    assertThat(web.ids("/api/v1/alerts?service=catalog")).isEmpty();
  }

  @Test
  void listsSayWhetherTheyAreWhole() throws Exception {
    web.fill();
    for (String list : List.of("/api/v1/alerts", "/api/v1/services", "/api/v1/processes")) {
      assertThat(web.json(list).get("whole").booleanValue()).as(list).isTrue();
    }

    web.waitingFor(Optional.of("this collector shows 5 of 10 partitions, others show the rest"));
    for (String list : List.of("/api/v1/alerts", "/api/v1/services", "/api/v1/processes")) {
      assertThat(web.json(list).get("whole").booleanValue()).as(list).isFalse();
    }
    assertThat(error(web.get("/api/v1/alerts/a2")))
        .endsWith(
            "Nearest: a1. Not whole: this collector shows 5 of 10 partitions, others show the rest.");
  }

  @Test
  void oneAlertIsFoundByItsId() throws Exception {
    web.fill();

    JsonNode alert = web.json("/api/v1/alerts/a1");
    assertThat(alert.get("culprit").get("line").asInt()).isEqualTo(41);
    assertThat(alert.get("state").asText()).isEqualTo("firing");
    assertThat(alert.get("fired_ms").asLong()).isEqualTo(T0.toEpochMilli());

    assertThat(web.get("/api/v1/alerts/a2").statusCode()).isEqualTo(404);
    assertThat(error(web.get("/api/v1/alerts/a2")))
        .startsWith("no such alert: expected")
        .endsWith("Nearest: a1.");
    assertThat(web.get("/alerts/a2").body()).contains("Nearest: a1.");
  }

  @Test
  void badQueriesAreRefusedInOneSentence() throws Exception {
    assertThat(web.refused("/api/v1/alerts?state=open"))
        .isEqualTo("state=open: expected one of [firing, resolved, all]");
    assertThat(web.refused("/api/v1/alerts?kind=fire"))
        .startsWith("kind=fire: expected one of [memory_leak, ")
        .contains(", loop_block, ");
    assertThat(web.refused("/api/v1/alerts?sate=firing"))
        .isEqualTo("sate: expected some of [kind, service, state]");
    assertThat(web.refused("/api/v1/alerts?state=firing&state=all"))
        .isEqualTo("state: expected once, it comes 2 times");
    assertThat(web.refused("/api/v1/processes?pid=1"))
        .isEqualTo("pid: expected some of [host, service]");
    assertThat(web.refused("/api/v1/alerts?state=" + "x".repeat(2000)).length()).isLessThan(200);
  }

  @Test
  void latestMinuteOfAServiceIsBesideIt() throws Exception {
    web.fill();
    web.fleet().apply(0, Examples.summary("orders", T0));
    web.fleet().publish();

    JsonNode service = web.json("/api/v1/services").at("/services/0");
    assertThat(service.at("/summary/blocked_seconds").asDouble()).isEqualTo(12);
    assertThat(service.at("/versions/0").asText()).isEqualTo("1.4.2");
  }

  @Test
  void answersAreAsTheyAreDescribed() throws Exception {
    web.fill();
    web.fleet().apply(0, Examples.blocks("a2"));
    web.fleet().apply(0, Examples.summary("orders", T0));
    web.fleet().publish();
    DescribedApi described = new DescribedApi(web.json("/api/v1/openapi.json"));
    Set<String> paths = new TreeSet<>(web.paths());
    paths.removeIf(path -> !path.startsWith("/api/"));

    assertThat(described.paths()).isEqualTo(paths);
    Map<String, String> asked =
        Map.of(
            "/api/v1/alerts/{id}", "/api/v1/alerts/a1",
            "/api/v1/alerts/{id}/stacks", "/api/v1/alerts/a2/stacks",
            "/api/v1/history",
                "/api/v1/history?process="
                    + URLEncoder.encode(PROCESS.key(), StandardCharsets.UTF_8),
            "/api/v1/profiles", "/api/v1/profiles?service=orders",
            "/api/v1/profiles/difference",
                "/api/v1/profiles/difference?service=orders&against_version=1.4.1");
    for (String path : paths) {
      assertThat(described.complaints(path, "200", web.json(asked.getOrDefault(path, path))))
          .as(path)
          .isEmpty();
      JsonNode refusal =
          new ObjectMapper().readTree(web.get(path.replace("{id}", "a1") + "?no=thing").body());
      if (!path.contains("{id}")) {
        assertThat(described.complaints(path, "400", refusal)).as(path).isEmpty();
      }
    }
  }
}
