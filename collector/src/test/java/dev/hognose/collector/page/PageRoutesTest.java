package dev.hognose.collector.page;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.alert;
import static dev.hognose.collector.Examples.alertSaying;
import static dev.hognose.collector.Examples.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.collector.Examples;
import dev.hognose.collector.ServedFleet;
import dev.hognose.sample.ProcessId;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pages as a browser gets them. */
class PageRoutesTest {

  private final ServedFleet web = new ServedFleet();

  @AfterEach
  void end() {
    web.close();
  }

  @Test
  void pageShowsWhatFiresAndWhoLives() throws Exception {
    web.fill();

    HttpResponse<String> page = web.get("/");

    assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(page.body())
        .contains(
            "<a href=\"/alerts/a1\">orders leaks</a>",
            "/srv/orders/views.py:41 in checkout",
            "2026-03-01 08:00:00 UTC, just now")
        .doesNotContain("Not whole");
    assertThat(web.get("/services").body())
        .contains("<a href=\"/service?name=orders\">orders</a>", "213.0 MiB", "1.4.2");
    assertThat(web.get("/service?name=orders").body())
        .contains(
            "<a href=\"/alerts/a1\">orders leaks</a>",
            "leaking, 3.5 MiB/h, limit in 4 h",
            "href=\"/process?key=orders%2Fweb-1%2F4242%2F1772348400000\">4242</a>");
    assertThat(web.get("/process?key=orders%2Fweb-1%2F4242%2F1772348400000").body())
        .contains(
            "orders on web-1, pid 4242",
            "213.0 MiB of 512.0 MiB",
            "data-series=\"rss_bytes memory_limit_bytes\"");
  }

  @Test
  void alertsAreChosenByServiceAndKind() throws Exception {
    web.fill();

    assertThat(web.get("/?service=orders&kind=memory_leak").body())
        .contains("orders leaks", "<option value=\"orders\" selected>");
    assertThat(web.get("/?service=orders&kind=loop_block").body())
        .contains("<p>None.</p>", "<option value=\"memory_leak\">memory leak</option>");
    assertThat(web.get("/?service=other").body()).doesNotContain("orders leaks");
  }

  @Test
  void whatIsNotThereIsSaidWithTheNearestNames() throws Exception {
    web.fill();

    HttpResponse<String> service = web.get("/service?name=order");
    assertThat(service.statusCode()).isEqualTo(404);
    assertThat(service.body()).contains("Nearest: orders.");
    HttpResponse<String> process = web.get("/process?key=orders");
    assertThat(process.statusCode()).isEqualTo(404);
    assertThat(process.body()).contains("expected service/host/pid/started_at_ms");
  }

  @Test
  void pagesStaySmallWhateverTheFleet() throws Exception {
    for (int pid = 1; pid <= 10_000; pid++) {
      web.fleet().apply(0, sample(Examples.process(pid), 1, T0), T0);
    }
    for (int number = 0; number < 1000; number++) {
      web.fleet().apply(0, alert("a" + number, "orders leaks"));
    }
    web.fleet().publish();

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
      int bytes = web.get(page).body().getBytes(StandardCharsets.UTF_8).length;
      long begun = System.nanoTime();
      web.get(page);
      // Told, not judged: what else the machine does is not the page's doing.
      System.out.printf("%s: %,d bytes, %.1f ms%n", page, bytes, (System.nanoTime() - begun) / 1e6);
      assertThat(bytes).as(page).isLessThan(200_000);
    }
  }

  @Test
  void alertLeadsToItsDashboardAndToItsReplay() throws Exception {
    web.fill();
    web.fleet().apply(0, Examples.blocks("b1").resolved(T0.plusSeconds(60)));
    web.fleet().publish();

    assertThat(web.get("/alerts/a1").body())
        .contains(
            "href=\"https://grafana.example.org/d/hognose-leaks?var-service=orders&amp;var-host=web-1"
                + "&amp;var-process=4242&amp;from=1772350200000&amp;to=now\"",
            "<code>hognose replay --service 'orders' --from 2026-03-01T07:30:00Z --to now"
                + " --bootstrap-servers 'kafka-1:9092,kafka-2:9092'</code>");
    assertThat(web.get("/alerts/b1").body())
        .contains(
            "/d/hognose-loop-blocks?var-service=orders&amp;from=1772350200000&amp;to=1772352060000\"");
  }

  @Test
  void replayTakesTimeThatHasPassed() throws Exception {
    web.fill();
    web.fleet().apply(0, Examples.blocks("b1").resolved(T0.plusSeconds(60)));
    web.fleet().publish();

    assertThat(web.get("/alerts/a1").body()).contains(" --to now --bootstrap-servers");
    web.pass(Duration.ofMinutes(5));
    assertThat(web.get("/alerts/a1").body()).contains(" --to 2026-03-01T08:05:00Z --bootstrap");
    assertThat(web.get("/alerts/b1").body()).contains(" --to now --bootstrap-servers");
    web.pass(Duration.ofMinutes(1));
    assertThat(web.get("/alerts/b1").body()).contains(" --to 2026-03-01T08:06:00Z --bootstrap");
  }

  @Test
  void pageOfAnEmptyFleetSaysSo() throws Exception {
    web.waitingFor(Optional.of("no broker answers at broker:9092"));

    assertThat(web.get("/").body())
        .contains("<p>None here.</p>", "Not whole: no broker answers at broker:9092");
  }

  @Test
  void partOfTheFleetIsNotShownAsTheWhole() throws Exception {
    web.fill();
    web.waitingFor(Optional.of("this collector shows 5 of 10 partitions, others show the rest"));

    for (String page : List.of("/", "/services", "/service?name=orders", "/service?name=other")) {
      assertThat(web.get(page).body())
          .as(page)
          .contains("Not whole: this collector shows 5 of 10 partitions, others show the rest");
    }
    assertThat(web.get("/alerts/a2").body()).contains("Not whole: this collector shows 5 of 10");
    assertThat(web.get("/?kind=loop_block").body()).contains("<p>None here.</p>");
  }

  @Test
  void pageOfAnAlertShowsItsStacksSitesAndRetention() throws Exception {
    web.fill();

    assertThat(web.get("/alerts/a1").body())
        .contains(
            "<code>/srv/orders/app.py:7 in main</code>",
            "3.0 MiB",
            "40000",
            "orders.views.CARTS",
            "module global");
    HttpResponse<String> missing = web.get("/alerts/a2");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).contains("This alert is not known here");
  }

  @Test
  void hotCodeOfNoServiceIsNotFound() throws Exception {
    assertThat(web.get("/hot-code").statusCode()).isEqualTo(404);
    assertThat(web.get("/hot-code?service=%3Cscript%3E&against_version=%22x").body())
        .contains("&lt;script&gt;", "against_version=%22x")
        .doesNotContain("<script>\"", "value=\"\"x");
  }

  @Test
  void hostileNamesAreShownAsText() throws Exception {
    String hostile = "<script>alert(1)</script>\"'onload=x&amp;";
    ProcessId process = new ProcessId(hostile, "<img src=x>", 1, PROCESS.startedAt());
    web.fleet().apply(0, sample(process, 1, T0), T0);
    web.fleet().apply(0, alertSaying(hostile));
    web.fleet().publish();

    String address = "/alerts/" + URLEncoder.encode(hostile, StandardCharsets.UTF_8);
    String name = URLEncoder.encode(hostile, StandardCharsets.UTF_8);
    for (String page :
        List.of(
            web.get("/").body(),
            web.get(address).body(),
            web.get("/services").body(),
            web.get("/service?name=" + name).body())) {
      assertThat(page)
          .contains("&lt;script&gt;alert(1)&lt;/script&gt;\"'onload=x&amp;amp;")
          .doesNotContain("<script>alert", "<img", " onload");
    }
    assertThat(web.get("/service?name=" + name).body()).contains("&lt;img src=x&gt;");
    assertThat(web.json("/api/v1/processes").findValuesAsText("service")).containsExactly(hostile);
  }

  @Test
  void oddNamesLeadToTheirOwnProcess() throws Exception {
    for (String service : List.of("orders+v2", "R&D", "a#b", "100%", "a b")) {
      String key = new ProcessId(service, "web-1", 1, PROCESS.startedAt()).key();
      String address =
          "/process?key=" + URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");

      assertThat(web.get(address).body())
          .as(service)
          .contains("href=\"" + address + "&amp;from=-6h\"");
    }
  }

  @Test
  void pageNeedsNothingFromElsewhere() throws Exception {
    web.fill();
    String page = web.get("/alerts/a1").body();

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
      assertThat(web.get(asset).statusCode()).as(asset).isEqualTo(200);
    }
  }
}
