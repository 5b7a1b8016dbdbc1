package dev.hognose.collector;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.alert;
import static dev.hognose.collector.Examples.alertSaying;
import static dev.hognose.collector.Examples.sample;
import static dev.hognose.collector.Examples.trend;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import dev.hognose.collector.api.ApiRoutes;
import dev.hognose.collector.fleet.Fleet;
import dev.hognose.collector.history.History;
import dev.hognose.collector.http.HttpSettings;
import dev.hognose.collector.http.WebServer;
import dev.hognose.collector.page.Onward;
import dev.hognose.collector.page.PageRoutes;
import dev.hognose.leak.Trend.Verdict;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import io.javalin.http.Handler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The pages in a real browser; pictures of them stay in {@code target/screenshots}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final String KEY = URLEncoder.encode(PROCESS.key(), StandardCharsets.UTF_8);

  private final Fleet fleet = new Fleet(new ManualClock(T0), Duration.ofDays(1));
  private final WebServer server =
      new WebServer(HttpSettings.open("127.0.0.1", 0), handlers(), new SimpleMeterRegistry());
  private ChromeDriver browser;
  private volatile boolean proxyAnswers;

  @BeforeAll
  void open(@TempDir Path profile) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    fleet.apply(0, sample(PROCESS, 1, T0), T0);
    fleet.apply(0, trend(PROCESS, T0, Verdict.LEAKING));
    fleet.apply(0, alert("a1", "orders leaks"));
    fleet.publish();
    server.start();
    browser = Chromium.start(profile);
  }

  @AfterAll
  void close() {
    browser.quit();
    server.close();
  }

  @AfterEach
  void nothingWentWrongInTheBrowser() {
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
  }

  @Test
  void alertAppearsAndGoesWithoutAReload() {
    visit("/");
    browser.executeScript("window.sameDocument = true");

    fleet.apply(0, alert("a2", "orders leaks again"));
    fleet.publish();
    await("orders leaks again");

    fleet.apply(0, alert("a2", "orders leaks again").resolved(T0.plusSeconds(5)));
    fleet.publish();
    await("Resolved lately");
    assertThat(browser.executeScript("return window.sameDocument")).isEqualTo(true);
  }

  @Test
  void pageFadesWhileSomethingElseAnswersInThePlaceOfTheCollector() {
    visit("/");
    await("orders leaks");

    proxyAnswers = true;
    awaitElements("main.away", 1);
    await("orders leaks");

    proxyAnswers = false;
    awaitElements("main:not(.away)", 1);
    // The browser notes each refusal, too; nothing else may have gone wrong.
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.getMessage()).contains("502"));
  }

  @Test
  void alertIsReachedByServiceAndKindWithTheKeyboard() {
    visit("/");
    WebElement kind = browser.findElement(By.name("kind"));
    kind.sendKeys("memory");
    kind.submit();
    await("orders leaks");

    assertThat(browser.getCurrentUrl()).contains("kind=memory_leak");
    browser.findElement(By.linkText("orders leaks")).sendKeys("\n");
    await("Allocation sites");
    assertThat(browser.getCurrentUrl()).endsWith("/alerts/a1");
  }

  @Test
  void alertShowsItsMemoryAndItsFlames() {
    visit("/alerts/a1");

    await("fitted floor");
    awaitElements("figure.chart canvas", 1);
    awaitElements("figure.flames rect", 3);
    assertThat(browser.findElement(By.cssSelector("figure.flames")).getAttribute("textContent"))
        .contains("/srv/orders/views.py:41 in checkout");
    picture("alert");
  }

  @Test
  void alertThatWasNotKnownBeforeIsDrawnWhenItComes() {
    visit("/alerts/a3");
    await("Not here");

    fleet.apply(0, alert("a3", "orders leaks late"));
    fleet.publish();

    awaitElements("figure.chart canvas", 1);
    awaitElements("figure.flames rect", 3);
    fleet.removeAlert("a3");
    fleet.publish();
    // The browser notes that it was not there; nothing else may have gone wrong.
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.getMessage()).contains("/alerts/a3", "404"));
  }

  @Test
  void flamesAreDrawnAgainWhenTheStacksAreOthers() {
    fleet.apply(0, Examples.blocks("a4"));
    fleet.publish();
    visit("/alerts/a4");
    awaitElements("figure.flames rect", 2);
    browser.executeScript("window.sameDocument = true");

    fleet.apply(0, alert("a4", "orders leaks"));
    fleet.publish();

    awaitElements("figure.flames rect", 3);
    assertThat(browser.findElements(By.cssSelector("figure.flames svg"))).hasSize(1);
    assertThat(browser.executeScript("return window.sameDocument")).isEqualTo(true);
    fleet.removeAlert("a4");
    fleet.publish();
  }

  @Test
  void hotCodeIsReachedFromItsServiceAndShownAsTablesAndFlames() {
    visit("/service?name=orders");
    browser.findElement(By.linkText("hot code")).sendKeys("\n");

    await("The hottest functions");
    await("orders.rank:<script>score");
    await("75.0 %");
    awaitElements("figure.hot-flames rect", 4);
    picture("hot-code");
  }

  @Test
  void hotCodeIsComparedWithAVersion() {
    visit("/hot-code?service=orders");
    await("The hottest functions");
    WebElement against = browser.findElement(By.name("against_version"));
    against.sendKeys("1.4.1");
    against.submit();

    await("The largest changes");
    await("10 stacks before, 40 after");
    assertThat(browser.getCurrentUrl()).contains("against_version=1.4.1");
  }

  @Test
  void processShowsItsFiguresAsCharts() {
    visit("/process?key=" + KEY);

    awaitElements("figure.chart canvas", 10);
    await("last 313 MiB");
    picture("process");
  }

  @Test
  void impossibleTimeIsToldInThePlaceOfWhatItWouldShow() {
    for (String page : List.of("/process?key=" + KEY, "/hot-code?service=orders")) {
      visit(page + "&from=now&to=-1h");
      await("expected a time after from=");
      visit(page + "&from=1969-12-31T23:59:59Z");
      await("expected a time in the years 1970 to 9999");
    }

    // The browser notes each refusal, too; nothing else may have gone wrong.
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.getMessage()).contains("/api/v1/", "400"));
  }

  @Test
  void drawnChartsOutliveAnUpdateOfThePage() {
    visit("/process?key=" + KEY);
    awaitElements("figure.chart canvas", 10);
    browser.executeScript("document.querySelector('figure.chart').drawn = 'once'");

    fleet.apply(0, trend(PROCESS, T0.plusSeconds(1), Verdict.CLEARED));
    fleet.publish();
    await("cleared");

    assertThat(browser.executeScript("return document.querySelector('figure.chart').drawn"))
        .isEqualTo("once");
    assertThat(browser.executeScript("return document.querySelector('figure.chart').dataset.slope"))
        .as("no line is fitted any more")
        .isEqualTo("");
    fleet.apply(0, trend(PROCESS, T0.plusSeconds(2), Verdict.LEAKING));
    fleet.publish();
  }

  @Test
  void hostileNamesAreText() {
    String hostile = "<img src=x onerror=document.title=1><b>bold</b>";
    fleet.apply(0, alertSaying(hostile));
    fleet.apply(0, sample(new ProcessId(hostile, "<i>host<", 7, PROCESS.startedAt()), 1, T0), T0);
    fleet.publish();
    String encoded = URLEncoder.encode(hostile, StandardCharsets.UTF_8).replace("+", "%20");

    for (String page :
        List.of("/", "/services", "/service?name=" + encoded, "/alerts/" + encoded)) {
      visit(page);
      await("<b>bold</b>");
      assertThat(browser.findElements(By.cssSelector("main img, main b, main i"))).isEmpty();
    }
    awaitElements("figure.flames rect", 2);
    assertThat(browser.findElements(By.cssSelector("main img, main b, main i"))).isEmpty();

    fleet.removeAlert(hostile);
    fleet.publish();
  }

  @Test
  void pagesAreAccessible() {
    List<String> findings = new ArrayList<>();
    for (String page :
        List.of(
            "/",
            "/alerts/a1",
            "/services",
            "/service?name=orders",
            "/process?key=" + KEY,
            "/hot-code?service=orders&against_version=1.4.1")) {
      for (String scheme : List.of("light", "dark")) {
        colours(scheme);
        visit(page);
        if (page.startsWith("/process")) {
          awaitElements("figure.chart canvas", 10);
        }
        if (page.startsWith("/hot-code")) {
          await("The hottest functions");
          await("The largest changes");
        }
        for (Rule rule : new AxeBuilder().analyze(browser).getViolations()) {
          findings.add(
              page
                  + " in "
                  + scheme
                  + ": "
                  + rule.getImpact()
                  + " "
                  + rule.getHelp()
                  + " "
                  + rule.getNodes().get(0).getHtml());
        }
      }
    }
    colours("light");
    assertThat(findings).isEmpty();
  }

  @Test
  void pagesFitOnAPhone() {
    browser.manage().window().setSize(new Dimension(500, 900));
    for (String page : List.of("/", "/alerts/a1", "/service?name=orders", "/process?key=" + KEY)) {
      visit(page);
      assertThat(
              (Boolean)
                  browser.executeScript(
                      "return document.documentElement.scrollWidth <= window.innerWidth"))
          .as(page)
          .isTrue();
    }
    picture("phone");
    browser.manage().window().setSize(new Dimension(1280, 900));
  }

  private void visit(String page) {
    browser.get("http://127.0.0.1:" + server.port() + page);
  }

  private void colours(String scheme) {
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  private void await(String text) {
    new WebDriverWait(browser, PATIENCE)
        .withMessage("\"" + text + "\" on the page")
        .until(page -> page.findElement(By.tagName("main")).getText().contains(text));
  }

  private void awaitElements(String selector, int least) {
    new WebDriverWait(browser, PATIENCE)
        .withMessage(least + " of " + selector)
        .until(page -> page.findElements(By.cssSelector(selector)).size() >= least);
  }

  private void picture(String name) {
    try {
      Files.write(SCREENSHOTS.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    } catch (IOException unwritable) {
      throw new AssertionError(unwritable);
    }
  }

  private Map<String, Handler> handlers() {
    Map<String, Handler> handlers = new HashMap<>();
    handlers.putAll(
        new ApiRoutes(
                fleet::snapshot,
                Optional::empty,
                new ApiRoutes.Past(query -> past(), Examples::pastProfile),
                new ManualClock(T0))
            .handlers());
    handlers.putAll(
        new PageRoutes(fleet::snapshot, Optional::empty, new ManualClock(T0), Onward.NOWHERE)
            .handlers());
    handlers.computeIfPresent("/", (path, alerts) -> behindAProxy(alerts));
    return handlers;
  }

  private Handler behindAProxy(Handler handler) {
    return context -> {
      if (proxyAnswers) {
        context.status(502).contentType("text/html").result("<h1>502 Bad Gateway</h1>");
      } else {
        handler.handle(context);
      }
    };
  }

  /** Of a process that grows by a mebibyte a step. */
  private static History past() {
    List<Sample> samples = new ArrayList<>();
    for (int step = 0; step <= 100; step++) {
      samples.add(Examples.growing(PROCESS, step + 1, T0.minusSeconds(10L * (100 - step)), step));
    }
    return History.of(samples, 400);
  }
}
