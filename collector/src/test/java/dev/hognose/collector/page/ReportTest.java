package dev.hognose.collector.page;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.alert;
import static dev.hognose.collector.Examples.alertSaying;
import static dev.hognose.collector.Examples.growing;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hognose.alert.Alert;
import dev.hognose.collector.Chromium;
import dev.hognose.sample.ProcessId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The report in a real browser, opened from a file; pictures of it stay in {@code target}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final String HOSTILE =
      "</script><script>document.title=1</script><img src=http://127.0.0.1:1/x"
          + " onerror=document.title=2><b>bold</b>\u2028'\"--><!--";
  private static final Report.Span SPAN =
      new Report.Span(T0.minusSeconds(600), T0.plusSeconds(600));

  @TempDir private Path folder;
  private ChromeDriver browser;

  @BeforeAll
  void open(@TempDir Path profile) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    browser = Chromium.start(profile);
    browser.get("about:blank");
    // The new tab that a browser begins with is its own.
    browser.manage().logs().get(LogType.PERFORMANCE);
  }

  @AfterAll
  void close() {
    browser.quit();
  }

  @AfterEach
  void nothingWentWrongAndNothingWasAskedFor() throws IOException {
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    for (LogEntry entry : browser.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = new ObjectMapper().readTree(entry.getMessage()).path("message");
      if (message.path("method").asText().equals("Network.requestWillBeSent")) {
        assertThat(message.path("params").path("request").path("url").asText())
            .matches("(?s)(file|data):.*");
      }
    }
  }

  @Test
  void chartsAndFlamesAreDrawnFromTheFileAlone() throws IOException {
    Report report = growth();
    report.told(alert("a1", "orders leaks"));
    report.told(alert("a1", "orders leaks").resolved(T0.plusSeconds(300)));

    visit(report);

    awaitElements("figure.chart canvas", 2);
    awaitElements("figure.flames rect", 3);
    assertThat(text("main"))
        .contains(
            "policy",
            "leak.policy=balanced",
            "orders leaks",
            "2026-03-01 08:05:00 UTC",
            "Bound CARTS.",
            "orders.views.CARTS",
            "/srv/orders/views.py:41 in checkout",
            "last 313 MiB");
    assertThat(text("#alert-1")).contains("2026-03-01 08:00:00 UTC fired", "UTC resolved");
    assertThat(browser.findElements(By.cssSelector("svg.life.critical rect"))).hasSize(3);
    assertThat(isMarked()).isTrue();
    picture("report");
  }

  /** Whether the line of the alert's beginning is on the canvas, in the middle of the window. */
  private boolean isMarked() {
    return Boolean.TRUE.equals(
        browser.executeScript(
            "const canvas = document.querySelector('figure.chart canvas');"
                + "const wanted = getComputedStyle(document.documentElement)"
                + ".getPropertyValue('--critical').trim();"
                + "const rgb = [1, 3, 5].map((at) => parseInt(wanted.slice(at, at + 2), 16));"
                + "const row = canvas.getContext('2d')"
                + ".getImageData(0, Math.round(canvas.height / 2), canvas.width, 1).data;"
                + "for (let x = 0; x < row.length; x += 4) {"
                + "  if (rgb.every((part, index) => Math.abs(row[x + index] - part) < 40)"
                + "      && row[x + 3] > 200) return true;"
                + "} return false;"));
  }

  @Test
  void hostileNamesAreText() throws IOException {
    ProcessId hostile = new ProcessId(HOSTILE, HOSTILE.replace("/", ""), 1, PROCESS.startedAt());
    Report report = new Report(Map.of(HOSTILE, HOSTILE), Optional.of(SPAN));
    report.sample(growing(hostile, 1, T0, 1));
    report.sample(growing(hostile, 2, T0.plusSeconds(10), 2));
    report.told(alertSaying(HOSTILE));
    report.compared(
        new Comparison(
            HOSTILE,
            List.of(HOSTILE),
            List.of(new Comparison.Row(HOSTILE, HOSTILE, List.of(1))),
            List.of(HOSTILE)));

    visit(report);

    awaitElements("figure.chart canvas", 2);
    awaitElements("figure.flames rect", 2);
    assertThat(text("main")).contains("<b>bold</b>");
    assertThat(browser.findElements(By.cssSelector("main img, main script, main h1 b"))).isEmpty();
    assertThat(browser.getTitle()).isEqualTo("Incident report · Hognose");
  }

  @Test
  void manyAlertsStayAPageThatOpens() throws IOException {
    Report report = growth();
    for (int each = 0; each < 2100; each++) {
      report.told(alert("a" + each, "orders leaks, " + each));
    }

    Path file = visit(report);

    awaitElements("figure.chart canvas", 2);
    assertThat(browser.findElements(By.cssSelector("article.alert"))).hasSize(50);
    assertThat(browser.findElements(By.cssSelector("tbody tr td:nth-child(7)"))).hasSize(2000);
    assertThat(text("main")).contains("And 100 more alerts");
    assertThat(Files.size(file)).isLessThan(3_000_000);
  }

  @Test
  void windowWithoutAlertsSaysSo() throws IOException {
    visit(growth());

    assertThat(text("main")).contains("No alert was told.", "orders");
  }

  @Test
  void pageIsAccessibleAndFitsOnAPhone() throws IOException {
    Report report = growth();
    report.told(alert("a1", "orders leaks"));
    Alert block = alertSaying("checkout blocks");
    report.told(block);
    report.withdrawn(block.id(), T0.plusSeconds(60));
    report.compared(
        new Comparison(
            "block.hard=500ms",
            List.of("gained", "lost"),
            List.of(new Comparison.Row("orders", "loop_block", List.of(1, 0))),
            List.of("gained: orders blocks")));
    List<String> findings = new ArrayList<>();
    for (String scheme : List.of("light", "dark")) {
      browser.executeCdpCommand(
          "Emulation.setEmulatedMedia",
          Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
      visit(report);
      awaitElements("figure.chart canvas", 2);
      picture("report-" + scheme);
      for (Rule rule : new AxeBuilder().analyze(browser).getViolations()) {
        findings.add(scheme + ": " + rule.getHelp() + " " + rule.getNodes().get(0).getHtml());
      }
    }
    assertThat(findings).isEmpty();

    browser.manage().window().setSize(new Dimension(500, 900));
    assertThat(
            (Boolean)
                browser.executeScript(
                    "return document.documentElement.scrollWidth <= window.innerWidth"))
        .isTrue();
    browser.manage().window().setSize(new Dimension(1280, 900));
  }

  /** Of one process that grows by a mebibyte every ten seconds. */
  private static Report growth() {
    Report report = new Report(Map.of("policy", "leak.policy=balanced"), Optional.of(SPAN));
    for (int step = 0; step <= 100; step++) {
      report.sample(growing(PROCESS, step + 1, T0.plusSeconds(10L * step - 500), step));
    }
    return report;
  }

  private Path visit(Report report) throws IOException {
    Path file = folder.resolve("out.html");
    try (OutputStream out = Files.newOutputStream(file)) {
      report.write(out);
    }
    browser.get(file.toUri().toString());
    return file;
  }

  private String text(String selector) {
    return browser.findElement(By.cssSelector(selector)).getText();
  }

  private void awaitElements(String selector, int least) {
    new WebDriverWait(browser, PATIENCE)
        .withMessage(least + " of " + selector)
        .until(page -> page.findElements(By.cssSelector(selector)).size() >= least);
  }

  private void picture(String name) throws IOException {
    Files.write(SCREENSHOTS.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
  }
}
