package dev.hognose.collector;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.alert;
import static dev.hognose.collector.Examples.alertSaying;
import static dev.hognose.collector.Examples.loop;
import static dev.hognose.collector.Examples.sample;
import static dev.hognose.collector.Examples.trend;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hognose.collector.api.ApiRoutes;
import dev.hognose.collector.fleet.Fleet;
import dev.hognose.collector.history.History;
import dev.hognose.collector.history.PastProfile;
import dev.hognose.collector.history.ProfileQuery;
import dev.hognose.collector.http.HealthRoutes;
import dev.hognose.collector.http.HttpSettings;
import dev.hognose.collector.http.WebServer;
import dev.hognose.collector.metrics.FleetMetrics;
import dev.hognose.collector.metrics.MetricsRoutes;
import dev.hognose.collector.page.Grafana;
import dev.hognose.collector.page.PageRoutes;
import dev.hognose.leak.Trend.Verdict;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.ProcessId;
import io.javalin.http.Handler;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebTest {

  private final ManualClock clock = new ManualClock(T0);
  private final Fleet fleet = new Fleet(clock, Duration.ofDays(1));
  private final PrometheusMeterRegistry own = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebServer server =
      new WebServer(HttpSettings.open("127.0.0.1", 0), handlers(), own);
  private History past = new History(List.of(), true);
  private Optional<String> illness = Optional.empty();
  private Optional<String> waitingFor = Optional.empty();

  @BeforeEach
  void listen() {
    server.start();
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void healthSaysWhatIsWrong() throws Exception {
    assertThat(get("/healthz").statusCode()).isEqualTo(200);

    illness = Optional.of("the intake has ended");

    assertThat(get("/healthz").statusCode()).isEqualTo(503);
    assertThat(get("/healthz").body()).isEqualTo("the intake has ended\n");
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
  }

  @Test
  void readinessSaysWhatItWaitsFor() throws Exception {
    assertThat(get("/readyz").statusCode()).isEqualTo(200);

    waitingFor = Optional.of("no broker answers at broker:9092");

    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).isEqualTo("no broker answers at broker:9092\n");
    assertThat(send("HEAD", "/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void metricsComeInTheFormatThatIsAskedFor() throws Exception {
    fill();

    HttpResponse<String> text = get("/metrics");
    assertThat(text.headers().firstValue("Content-Type"))
        .get()
        .asString()
        .startsWith("text/plain; version=0.0.4");
    assertThat(text.body()).contains("process_resident_memory_bytes{").doesNotContain("# EOF");

    HttpResponse<String> openMetrics =
        client.send(
            request("/metrics").header("Accept", "application/openmetrics-text").build(),
            BodyHandlers.ofString());
    assertThat(openMetrics.headers().firstValue("Content-Type"))
        .get()
        .asString()
        .startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(openMetrics.body()).endsWith("# EOF\n");

    HttpResponse<String> picture =
        client.send(
            request("/metrics").header("Accept", "image/png").build(), BodyHandlers.ofString());
    assertThat(picture.headers().firstValue("Content-Type"))
        .get()
        .asString()
        .startsWith("text/plain");
  }

  @Test
  void metricsAreCompressedForThoseWhoCanRead() throws Exception {
    fill();

    for (String accept : List.of("text/plain", "application/openmetrics-text")) {
      HttpResponse<byte[]> answer =
          client.send(
              request("/metrics")
                  .header("Accept-Encoding", "gzip")
                  .header("Accept", accept)
                  .build(),
              BodyHandlers.ofByteArray());

      assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
      try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
        assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8))
            .contains("process_resident_memory_bytes{");
      }
    }
  }

  @Test
  void requestsAreCountedByPathAndNeverByWhatStrangersAskFor() throws Exception {
    get("/api/v1/alerts/a1");
    get("/no/such/page");

    assertThat(get("/metrics").body())
        .contains(
            "hognose_http_requests_seconds_count{path=\"/api/v1/alerts/{id}\",status=\"404\"} 1",
            "hognose_http_requests_seconds_count{path=\"none\",status=\"404\"} 1");
  }

  @Test
  void processesAreListedWithTheWiresNames() throws Exception {
    fleet.apply(0, sample(PROCESS, 1, T0), T0);
    fleet.apply(
        0,
        sample(
            PROCESS,
            2,
            T0.plusSeconds(10),
            new Cpu(Duration.ofSeconds(17), Duration.ofSeconds(3)),
            List.of(loop("MainThread", Histogram.of(new long[] {0, 190, 9, 1}, 0.05)))),
        T0);
    fleet.apply(0, trend(PROCESS, T0, Verdict.LEAKING));
    fleet.publish();

    JsonNode process = json("/api/v1/processes").get("processes").get(0);

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
    fleet.apply(
        0,
        sample(
            PROCESS,
            1,
            T0,
            new Cpu(Duration.ZERO, Duration.ZERO),
            List.of(loop("MainThread", Histogram.of(counts, 60)))),
        T0);
    fleet.publish();

    JsonNode loop = json("/api/v1/processes").get("processes").get(0).get("loops").get(0);
    assertThat(loop.get("lag_p99_seconds").asDouble()).isEqualTo(10);
    assertThat(get("/service?name=orders").body()).contains("&gt; 10.0 s");
  }

  @Test
  void processesAreFilteredByServiceAndHost() throws Exception {
    fill();

    assertThat(json("/api/v1/processes?service=orders&host=web-1").get("processes")).hasSize(1);
    assertThat(json("/api/v1/processes?service=catalog").get("processes")).isEmpty();
    assertThat(json("/api/v1/processes?host=web-2").get("processes")).isEmpty();
  }

  @Test
  void alertsAreFilteredByStateServiceAndKind() throws Exception {
    fleet.apply(0, alert("a1", "orders leaks"));
    fleet.apply(0, alert("a2", "orders leaked").resolved(T0));
    fleet.publish();

    assertThat(ids("/api/v1/alerts")).containsExactly("a1", "a2");
    assertThat(ids("/api/v1/alerts?state=all")).containsExactly("a1", "a2");
    assertThat(ids("/api/v1/alerts?state=firing")).containsExactly("a1");
    assertThat(ids("/api/v1/alerts?state=resolved")).containsExactly("a2");
    assertThat(ids("/api/v1/alerts?kind=memory_leak&service=orders")).containsExactly("a1", "a2");
    assertThat(ids("/api/v1/alerts?kind=loop_block")).isEmpty();
    assertThat(ids("/api/v1/alerts?service=catalog")).isEmpty();
  }

  @Test
  void oneAlertIsFoundByItsId() throws Exception {
    fill();

    JsonNode alert = json("/api/v1/alerts/a1");
    assertThat(alert.get("culprit").get("line").asInt()).isEqualTo(41);
    assertThat(alert.get("state").asText()).isEqualTo("firing");
    assertThat(alert.get("fired_ms").asLong()).isEqualTo(T0.toEpochMilli());

    assertThat(get("/api/v1/alerts/a2").statusCode()).isEqualTo(404);
    assertThat(error(get("/api/v1/alerts/a2")))
        .startsWith("no such alert: expected")
        .endsWith("Nearest: a1.");
    assertThat(get("/alerts/a2").body()).contains("Nearest: a1.");
  }

  @Test
  void badQueriesAreRefusedInOneSentence() throws Exception {
    assertThat(refused("/api/v1/alerts?state=open"))
        .isEqualTo("state=open: expected one of [firing, resolved, all]");
    assertThat(refused("/api/v1/alerts?kind=fire"))
        .startsWith("kind=fire: expected one of [memory_leak, ")
        .contains(", loop_block, ");
    assertThat(refused("/api/v1/alerts?sate=firing"))
        .isEqualTo("sate: expected some of [kind, service, state]");
    assertThat(refused("/api/v1/alerts?state=firing&state=all"))
        .isEqualTo("state: expected once, it comes 2 times");
    assertThat(refused("/api/v1/processes?pid=1"))
        .isEqualTo("pid: expected some of [host, service]");
    assertThat(refused("/api/v1/alerts?state=" + "x".repeat(2000)).length()).isLessThan(200);
  }

  @Test
  void unknownPathIsRefusedInOneSentence() throws Exception {
    HttpResponse<String> page = get("/nothing/here");
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.body())
        .startsWith("no such page: expected one of [/, /alerts/{id}, ")
        .endsWith("]\n");

    HttpResponse<String> api = get("/api/v2");
    assertThat(api.statusCode()).isEqualTo(404);
    assertThat(error(api)).startsWith("no such page: expected one of");
  }

  @Test
  void nothingCanBeChanged() throws Exception {
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW")) {
      HttpResponse<String> answer = send(method, "/api/v1/alerts");

      assertThat(answer.statusCode()).as(method).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
      assertThat(error(answer)).isEqualTo("expected GET or HEAD: nothing here can be changed");
    }
  }

  @Test
  void headIsGetWithoutABody() throws Exception {
    HttpResponse<String> head = send("HEAD", "/api/v1/alerts");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(head.body()).isEmpty();
  }

  @Test
  void requestThatCannotBeReadTellsNothingAboutTheServer() throws Exception {
    HttpResponse<String> answer = get("/api/v1/alerts?state=" + "x".repeat(1 << 20));

    assertThat(answer.statusCode()).isEqualTo(414);
    assertThat(answer.body()).isEqualTo("request refused with status 414\n");
    assertThat(answer.headers().map()).doesNotContainKey("server");
  }

  @Test
  void failureOfOursShowsNoStackTrace() throws Exception {
    HttpResponse<String> answer = get("/broken");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("this failed here: the log of this program says why\n");
  }

  @Test
  void pageShowsWhatFiresAndWhoLives() throws Exception {
    fill();

    HttpResponse<String> page = get("/");

    assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(page.body())
        .contains(
            "<a href=\"/alerts/a1\">orders leaks</a>",
            "/srv/orders/views.py:41 in checkout",
            "2026-03-01 08:00:00 UTC, just now")
        .doesNotContain("Not whole yet");
    assertThat(get("/services").body())
        .contains("<a href=\"/service?name=orders\">orders</a>", "213.0 MiB", "1.4.2");
    assertThat(get("/service?name=orders").body())
        .contains(
            "<a href=\"/alerts/a1\">orders leaks</a>",
            "leaking, 3.5 MiB/h, limit in 4 h",
            "href=\"/process?key=orders%2Fweb-1%2F4242%2F1772348400000\">4242</a>");
    assertThat(get("/process?key=orders%2Fweb-1%2F4242%2F1772348400000").body())
        .contains(
            "orders on web-1, pid 4242",
            "213.0 MiB of 512.0 MiB",
            "data-series=\"rss_bytes memory_limit_bytes\"");
  }

  @Test
  void alertsAreChosenByServiceAndKind() throws Exception {
    fill();

    assertThat(get("/?service=orders&kind=memory_leak").body())
        .contains("orders leaks", "<option value=\"orders\" selected>");
    assertThat(get("/?service=orders&kind=loop_block").body())
        .contains("<p>None.</p>", "<option value=\"memory_leak\">memory leak</option>");
    assertThat(get("/?service=other").body()).doesNotContain("orders leaks");
  }

  @Test
  void whatIsNotThereIsSaidWithTheNearestNames() throws Exception {
    fill();

    HttpResponse<String> service = get("/service?name=order");
    assertThat(service.statusCode()).isEqualTo(404);
    assertThat(service.body()).contains("Nearest: orders.");
    HttpResponse<String> process = get("/process?key=orders");
    assertThat(process.statusCode()).isEqualTo(404);
    assertThat(process.body()).contains("expected service/host/pid/started_at_ms");
  }

  @Test
  void pagesStaySmallWhateverTheFleet() throws Exception {
    for (int pid = 1; pid <= 10_000; pid++) {
      fleet.apply(0, sample(Examples.process(pid), 1, T0), T0);
    }
    for (int number = 0; number < 1000; number++) {
      fleet.apply(0, alert("a" + number, "orders leaks"));
    }
    fleet.publish();

    String key = URLEncoder.encode(Examples.process(7).key(), StandardCharsets.UTF_8);
    for (String page :
        List.of(
            "/",
            "/?service=orders&kind=memory_leak",
            "/alerts/a7",
            "/alerts/nobody",
            "/services",
            "/service?name=orders",
            "/service?name=nobody",
            "/process?key=" + key,
            "/hot-code?service=orders")) {
      int bytes = get(page).body().getBytes(StandardCharsets.UTF_8).length;
      long begun = System.nanoTime();
      get(page);
      // Told, not judged: what else the machine does is not the page's doing.
      System.out.printf("%s: %,d bytes, %.1f ms%n", page, bytes, (System.nanoTime() - begun) / 1e6);
      assertThat(bytes).as(page).isLessThan(200_000);
    }
  }

  @Test
  void alertLeadsToItsDashboardAndToItsReplay() throws Exception {
    fill();
    fleet.apply(0, Examples.blocks("b1").resolved(T0.plusSeconds(60)));
    fleet.publish();

    assertThat(get("/alerts/a1").body())
        .contains(
            "href=\"https://grafana.example.org/d/hognose-leaks?var-service=orders&amp;var-host=web-1"
                + "&amp;var-process=4242&amp;from=1772350200000&amp;to=now\"",
            "hognose replay --service 'orders' --from 2026-03-01T07:30:00Z --to");
    assertThat(get("/alerts/b1").body())
        .contains(
            "/d/hognose-loop-blocks?var-service=orders&amp;from=1772350200000&amp;to=1772353860000\"");
  }

  @Test
  void processThatNeverWasIsNotFound() throws Exception {
    fill();

    HttpResponse<String> answer = get("/api/v1/history?process=orders/web-1/4243/1772348400000");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(error(answer))
        .isEqualTo(
            "no such process in this time: expected one that told samples."
                + " Nearest: orders/web-1/4242/1772348400000.");
    assertThat(get("/api/v1/history?process=orders/web-1/4242/1772348400000").statusCode())
        .as("one that lives and told nothing yet")
        .isEqualTo(200);
  }

  @Test
  void whateverIsAcceptedIsAnswered() throws Exception {
    fill();

    for (String path : List.of("/", "/metrics", "/api/v1/alerts")) {
      for (String accept : List.of("image/png", "nonsense", "*/*;q=0", "a/b;q=x,,;")) {
        HttpResponse<String> answer =
            client.send(request(path).header("Accept", accept).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + " " + accept).isEqualTo(200);
        assertThat(answer.body()).isNotBlank();
      }
    }
  }

  @Test
  void historyIsAnArrayAFigure() throws Exception {
    past = History.of(List.of(sample(PROCESS, 1, T0), sample(PROCESS, 2, T0.plusSeconds(10))), 9);

    JsonNode history = json("/api/v1/history?process=orders/web-1/4242/1772348400000");

    assertThat(history.get("at_ms").toString()).isEqualTo("[1772352000000,1772352010000]");
    assertThat(history.get("rss_bytes").get(0).asLong()).isEqualTo(213L << 20);
    assertThat(history.get("cpu_cores").toString()).isEqualTo("[null,0.0]");
    assertThat(history.get("whole").asBoolean()).isTrue();
    assertThat(get("/api/v1/history").body())
        .isEqualTo("{\"error\":\"process: expected service/host/pid/started_at_ms\"}");
    assertThat(get("/api/v1/history?process=a/b/1/1&from=soon").body())
        .contains("from=soon: expected now, -2h, 2026-03-01T08:00:00Z or milliseconds");
    assertThat(get("/api/v1/history?process=a/b/1/1&from=now&to=-1h").statusCode()).isEqualTo(400);
  }

  @Test
  void stacksAreATreeAndRows() throws Exception {
    fill();

    JsonNode stacks = json("/api/v1/alerts/a1/stacks");

    assertThat(stacks.path("tree").path("value").asInt()).isEqualTo(12);
    assertThat(stacks.path("rows").toString())
        .isEqualTo(
            "[{\"level\":0,\"label\":\"all\",\"value\":12,\"self\":0},"
                + "{\"level\":1,\"label\":\"/srv/orders/app.py:7 in main\",\"value\":12,"
                + "\"self\":0},"
                + "{\"level\":2,\"label\":\"/srv/orders/views.py:41 in checkout\",\"value\":12,"
                + "\"self\":12}]");
  }

  @Test
  void pageOfAnEmptyFleetSaysSo() throws Exception {
    waitingFor = Optional.of("no broker answers at broker:9092");

    assertThat(get("/").body())
        .contains("<p>None.</p>", "Not whole yet: no broker answers at broker:9092");
  }

  @Test
  void pageOfAnAlertShowsItsStacksSitesAndRetention() throws Exception {
    fill();

    assertThat(get("/alerts/a1").body())
        .contains(
            "<code>/srv/orders/app.py:7 in main</code>",
            "3.0 MiB",
            "40000",
            "orders.views.CARTS",
            "module global");
    HttpResponse<String> missing = get("/alerts/a2");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).contains("This alert is not known here");
  }

  @Test
  void hotCodeOfAServiceIsTold() throws Exception {
    JsonNode profile = json("/api/v1/profiles?service=orders");

    assertThat(profile.at("/seen").asInt()).isEqualTo(40);
    assertThat(profile.at("/functions/0/place").asText()).isEqualTo("orders.rank:<script>score");
    assertThat(profile.at("/functions/0/self").asInt()).isEqualTo(30);
    assertThat(profile.at("/tree/value").asInt()).isEqualTo(40);
    assertThat(profile.get("rows").findValuesAsText("level"))
        .containsExactly("0", "1", "2", "3", "3");
  }

  @Test
  void hotCodeIsComparedWithAnotherWindowOrVersion() throws Exception {
    for (String against : List.of("against_from=-2h&against_to=-1h", "against_version=1.4.1")) {
      JsonNode change = json("/api/v1/profiles/difference?service=orders&" + against);
      assertThat(change.at("/functions/0/before_ratio").asDouble()).isIn(0.0, 1.0);
      assertThat(change.at("/before/seen").asInt()).isEqualTo(10);
      assertThat(change.at("/after/seen").asInt()).isEqualTo(40);
    }
    assertThat(refused("/api/v1/profiles/difference?service=orders"))
        .endsWith("expected another window or version");
    assertThat(refused("/api/v1/profiles")).isEqualTo("service: expected the name of a service");
    assertThat(refused("/api/v1/profiles?service=orders&from=now&to=-1h"))
        .contains("expected a time after from=");
  }

  @Test
  void latestMinuteOfAServiceIsBesideIt() throws Exception {
    fill();
    fleet.apply(0, Examples.summary("orders", T0));
    fleet.publish();

    JsonNode service = json("/api/v1/services").at("/services/0");
    assertThat(service.at("/summary/blocked_seconds").asDouble()).isEqualTo(12);
    assertThat(service.at("/versions/0").asText()).isEqualTo("1.4.2");
  }

  @Test
  void answersAreAsTheyAreDescribed() throws Exception {
    fill();
    fleet.apply(0, Examples.blocks("a2"));
    fleet.apply(0, Examples.summary("orders", T0));
    fleet.publish();
    DescribedApi described = new DescribedApi(json("/api/v1/openapi.json"));
    Set<String> paths = new TreeSet<>(handlers().keySet());
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
      assertThat(described.complaints(path, "200", json(asked.getOrDefault(path, path))))
          .as(path)
          .isEmpty();
      JsonNode refusal =
          new ObjectMapper().readTree(get(path.replace("{id}", "a1") + "?no=thing").body());
      if (!path.contains("{id}")) {
        assertThat(described.complaints(path, "400", refusal)).as(path).isEmpty();
      }
    }
  }

  @Test
  void hotCodeOfNoServiceIsNotFound() throws Exception {
    assertThat(get("/hot-code").statusCode()).isEqualTo(404);
    assertThat(get("/hot-code?service=%3Cscript%3E&against_version=%22x").body())
        .contains("&lt;script&gt;", "against_version=%22x")
        .doesNotContain("<script>\"", "value=\"\"x");
  }

  @Test
  void hostileNamesAreShownAsText() throws Exception {
    String hostile = "<script>alert(1)</script>\"'onload=x&amp;";
    ProcessId process = new ProcessId(hostile, "<img src=x>", 1, PROCESS.startedAt());
    fleet.apply(0, sample(process, 1, T0), T0);
    fleet.apply(0, alertSaying(hostile));
    fleet.publish();

    String address = "/alerts/" + URLEncoder.encode(hostile, StandardCharsets.UTF_8);
    String name = URLEncoder.encode(hostile, StandardCharsets.UTF_8);
    for (String page :
        List.of(
            get("/").body(),
            get(address).body(),
            get("/services").body(),
            get("/service?name=" + name).body())) {
      assertThat(page)
          .contains("&lt;script&gt;alert(1)&lt;/script&gt;\"'onload=x&amp;amp;")
          .doesNotContain("<script>alert", "<img", " onload");
    }
    assertThat(get("/service?name=" + name).body()).contains("&lt;img src=x&gt;");
    assertThat(json("/api/v1/processes").findValuesAsText("service")).containsExactly(hostile);
  }

  @Test
  void pageNeedsNothingFromElsewhere() throws Exception {
    fill();
    String page = get("/alerts/a1").body();

    // A link is followed by people, nothing is loaded by it.
    assertThat(page.replaceAll("<a href=\"https://grafana[^\"]*\"", "<a"))
        .doesNotContain("http://", "https://", "style=");
    List<String> assets =
        Pattern.compile("\"(/assets/[^\"]+)\"")
            .matcher(page)
            .results()
            .map(at -> at.group(1))
            .toList();
    assertThat(assets).contains("/assets/page.css", "/assets/page.js", "/assets/lib/uplot.js");
    for (String asset : assets) {
      assertThat(get(asset).statusCode()).as(asset).isEqualTo(200);
    }
  }

  /** A window that ends before T0 is of an older version. */
  private PastProfile profiles(ProfileQuery query) {
    boolean old = query.to().isBefore(T0) || query.version().equals(Optional.of("1.4.1"));
    return new PastProfile(
        Optional.of(Examples.profile(T0, old ? "1.4.1" : "1.4.2", old ? 0 : 30)),
        List.of("1.4.1", "1.4.2"),
        1,
        true);
  }

  private Map<String, Handler> handlers() {
    Map<String, Handler> handlers = new HashMap<>();
    handlers.putAll(new HealthRoutes(() -> illness, () -> waitingFor).handlers());
    handlers.putAll(new MetricsRoutes(new FleetMetrics(fleet::snapshot, 10_000), own).handlers());
    handlers.putAll(
        new ApiRoutes(fleet::snapshot, query -> past, this::profiles, clock).handlers());
    handlers.putAll(
        new PageRoutes(
                fleet::snapshot,
                () -> waitingFor,
                clock,
                Grafana.at("HOGNOSE_GRAFANA", "https://grafana.example.org/"))
            .handlers());
    handlers.put(
        "/broken",
        context -> {
          throw new IllegalStateException("a secret");
        });
    return handlers;
  }

  private void fill() {
    fleet.apply(0, sample(PROCESS, 1, T0), T0);
    fleet.apply(0, trend(PROCESS, T0, Verdict.LEAKING));
    fleet.apply(0, alert("a1", "orders leaks"));
    fleet.publish();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send("GET", path);
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    return client.send(
        request(path).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    return new ObjectMapper().readTree(answer.body());
  }

  private List<String> ids(String path) throws Exception {
    return json(path).get("alerts").findValuesAsText("id");
  }

  private String refused(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(400);
    return error(answer);
  }

  private static String error(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body()).get("error").asText();
  }
}
