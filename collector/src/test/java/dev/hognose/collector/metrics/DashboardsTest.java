package dev.hognose.collector.metrics;

import static dev.hognose.collector.Examples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hognose.alert.Alert;
import dev.hognose.collector.Examples;
import dev.hognose.collector.ManualClock;
import dev.hognose.collector.fleet.Fleet;
import dev.hognose.leak.Trend.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dashboards as Grafana's linter wants them, with queries that a real Prometheus answers. */
class DashboardsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Path.of("..", "grafana", "dashboards");
  private static final int SCRAPES = 60;
  private static final Duration BETWEEN = Duration.ofSeconds(15);

  @TempDir Path data;

  @Test
  void everyPanelIsWhole() throws IOException {
    for (JsonNode dashboard : dashboards()) {
      for (JsonNode panel : dashboard.get("panels")) {
        String name = dashboard.get("title").asText() + " / " + panel.get("title").asText();
        assertThat(panel.at("/title").asText()).as(name).isNotBlank();
        assertThat(panel.at("/description").asText()).as(name + ", description").endsWith(".");
        assertThat(panel.at("/fieldConfig/defaults/unit").asText())
            .as(name + ", unit")
            .isNotBlank();
        assertThat(panel.at("/datasource/uid").asText()).as(name).isEqualTo("${datasource}");
        assertThat(panel.get("targets")).as(name + ", queries").isNotEmpty();
        for (JsonNode target : panel.get("targets")) {
          String expr = target.get("expr").asText();
          assertThat(target.at("/datasource/uid").asText()).as(name).isEqualTo("${datasource}");
          assertThat(expr)
              .as(name + ": rates take the interval of the panel")
              .doesNotContainPattern("rate\\([^)]*\\[(?!\\$__rate_interval)")
              .as(name + ": counters are aggregated")
              .doesNotContainPattern("^(rate|increase)\\(");
        }
      }
    }
  }

  /** A pid is one within its host, and each process tells the figures of its whole container. */
  @Test
  void nothingIsAddedUpThatIsOneOrAnother() throws IOException {
    for (JsonNode dashboard : dashboards()) {
      for (String expr : dashboard.findValuesAsText("expr")) {
        assertThat(expr)
            .as("a pid stands beside its host")
            .doesNotContainPattern("by \\((?![^)]*\\bhost\\b)[^)]*\\bpid\\b")
            .as("processes of one container tell the same of it")
            .doesNotContainPattern(
                "sum by \\((?![^)]*\\bpid\\b)[^)]*\\) \\((rate\\()?process_cgroup_");
      }
    }
  }

  @Test
  void everyDashboardIsFoundByItsNameAndChangedHereOnly() throws IOException {
    Set<String> uids = new HashSet<>();
    for (JsonNode dashboard : dashboards()) {
      assertThat(dashboard.has("id")).as("no id: it belongs to one Grafana").isFalse();
      assertThat(dashboard.get("editable").asBoolean()).isFalse();
      assertThat(dashboard.get("schemaVersion").asInt()).isBetween(39, 41);
      assertThat(uids.add(dashboard.get("uid").asText())).isTrue();
      for (JsonNode variable : dashboard.at("/templating/list")) {
        if (variable.get("type").asText().equals("query")) {
          assertThat(variable.get("refresh").asInt()).as("asked again for each range").isEqualTo(2);
        }
      }
    }
    assertThat(uids)
        .containsExactlyInAnyOrder(
            "hognose-fleet",
            "hognose-service",
            "hognose-leaks",
            "hognose-loop-blocks",
            "hognose-process",
            "hognose-pipeline");
  }

  @Test
  void linksLeadToDashboardsThatAreThereWithTheSameTime() throws IOException {
    Set<String> uids = new HashSet<>();
    dashboards().forEach(dashboard -> uids.add(dashboard.get("uid").asText()));
    for (JsonNode dashboard : dashboards()) {
      for (JsonNode link : dashboard.get("links")) {
        assertThat(uids).contains(link.get("url").asText().replace("/d/", ""));
        assertThat(link.get("keepTime").asBoolean()).isTrue();
      }
      for (JsonNode url : dashboard.findValues("url")) {
        if (url.asText().contains("?var-")) {
          assertThat(uids).contains(url.asText().replaceAll("/d/([^?]+).*", "$1"));
          assertThat(url.asText()).endsWith("${__url_time_range}");
        }
      }
    }
  }

  @Test
  void everyQueryIsAnsweredAndThoseOfTheFleetWithData() throws Exception {
    Path text = data.resolve("fleet.txt");
    Instant end = writeScrapes(text);
    Promtool.blocks(text, data.resolve("tsdb"));
    List<String> empty = new ArrayList<>();
    try (LocalPrometheus prometheus = LocalPrometheus.on(data.resolve("tsdb"))) {
      for (JsonNode dashboard : dashboards()) {
        for (JsonNode panel : dashboard.get("panels")) {
          for (JsonNode target : panel.get("targets")) {
            String expr = target.get("expr").asText();
            if (prometheus.query(concrete(expr), end).isEmpty() && isOfFleet(expr)) {
              empty.add(panel.get("title").asText() + ": " + expr);
            }
          }
        }
        for (JsonNode note : dashboard.at("/annotations/list")) {
          // What changes is seldom there, but it is asked for in good PromQL.
          assertThat(prometheus.query(concrete(note.get("expr").asText()), end)).isNotNull();
        }
      }
    }
    assertThat(empty).isEmpty();
  }

  @Test
  void onlyWhatGrowsIsListedAndOnlyWhatIsKnownIsCounted() throws Exception {
    Path text = data.resolve("fleet.txt");
    Instant end = writeScrapes(text);
    Promtool.blocks(text, data.resolve("tsdb"));
    try (LocalPrometheus prometheus = LocalPrometheus.on(data.resolve("tsdb"))) {
      for (String expr : queries("Processes whose memory grows")) {
        assertThat(prometheus.query(concrete(expr), end).findValuesAsText("pid"))
            .as(expr)
            .containsExactly("1");
      }
      assertThat(queries("Culprits"))
          .singleElement()
          .satisfies(
              expr ->
                  assertThat(prometheus.query(concrete(expr), end).at("/0/value/1").asText())
                      .as(expr)
                      .isEqualTo("1"));
    }
  }

  private static List<String> queries(String title) throws IOException {
    List<String> queries = new ArrayList<>();
    for (JsonNode dashboard : dashboards()) {
      for (JsonNode panel : dashboard.get("panels")) {
        if (panel.get("title").asText().equals(title)) {
          queries.addAll(panel.findValuesAsText("expr"));
        }
      }
    }
    assertThat(queries).as(title).isNotEmpty();
    return queries;
  }

  /** Programs' own metrics, and what rules record, are not in the fleet's scrape. */
  private static boolean isOfFleet(String expr) {
    return !expr.contains("kafka_")
        && !expr.contains("jvm_")
        && !expr.contains("hognose_streams_")
        && !expr.contains("hognose_collector_")
        && !expr.startsWith("service:");
  }

  private static String concrete(String expr) {
    return expr.replace("$__rate_interval", "1m")
        .replace("$__range", "10m")
        .replaceAll("\\$(service|host|process)\\b", ".*");
  }

  /** A quarter of an hour of two processes, one of which leaks, and of two blocks. */
  private static Instant writeScrapes(Path text) throws IOException {
    ManualClock clock = new ManualClock(T0);
    Fleet fleet = new Fleet(clock, Duration.ofDays(1));
    try (OutputStream out = Files.newOutputStream(text)) {
      TimedText timed = new TimedText(new FleetMetrics(fleet::snapshot, 1000), out);
      for (int i = 1; i <= SCRAPES; i++) {
        for (long pid = 1; pid <= 2; pid++) {
          fleet.apply(
              0, Examples.growing(Examples.process(pid), i, clock.instant(), i), clock.instant());
        }
        fleet.apply(0, Examples.trend(Examples.process(1), clock.instant(), Verdict.LEAKING));
        fleet.apply(0, Examples.trend(Examples.process(2), clock.instant(), Verdict.STEADY));
        fleet.apply(0, Examples.alert("a1", "orders leaks"));
        fleet.apply(0, Examples.blocks("a2"));
        fleet.apply(0, withoutCulprit(Examples.blocks("a3")));
        fleet.apply(0, Examples.summary("orders", clock.instant().minusSeconds(60)));
        fleet.publish();
        timed.write(clock.instant());
        clock.pass(BETWEEN);
      }
      timed.end();
    }
    return clock.instant().minus(BETWEEN);
  }

  private static Alert withoutCulprit(Alert alert) {
    return new Alert(
        alert.id(),
        alert.kind(),
        alert.state(),
        alert.severity(),
        alert.service(),
        alert.process(),
        alert.version(),
        alert.firedAt(),
        alert.updatedAt(),
        alert.resolvedAt(),
        alert.title(),
        alert.evidence(),
        Optional.empty(),
        alert.cause(),
        alert.stacks(),
        alert.sites(),
        alert.retention(),
        alert.advice(),
        alert.processesAffected());
  }

  private static List<JsonNode> dashboards() throws IOException {
    List<JsonNode> dashboards = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.sorted().toList()) {
        dashboards.add(JSON.readTree(file.toFile()));
      }
    }
    return dashboards;
  }
}
