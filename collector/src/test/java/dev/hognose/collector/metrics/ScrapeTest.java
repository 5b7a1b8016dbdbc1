package dev.hognose.collector.metrics;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.loop;
import static dev.hognose.collector.Examples.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.collector.Examples;
import dev.hognose.fixture.KernelBuilder;
import dev.hognose.fixture.SampleBuilder;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a fleet is written, whatever there is in it. */
class ScrapeTest {

  private static final String OF_PROCESS = "{host=\"web-1\",pid=\"4242\",service=\"orders\"";

  private final ScrapedFleet scraped = new ScrapedFleet(10_000);

  @Test
  void promtoolFindsNothingToComplainAbout() throws Exception {
    scraped.fill();

    assertThat(Promtool.complaints(scraped.bytes("text/plain"))).isEmpty();
  }

  @Test
  void openMetricsIsValidAndEveryFamilyHasHelp() {
    scraped.fill();
    ownMetrics();

    assertThat(OpenMetrics.complaints(scraped.text(ScrapedFleet.OPEN_METRICS))).isEmpty();
    assertThat(Scrape.format(ScrapedFleet.OPEN_METRICS).getContentType())
        .startsWith("application/openmetrics-text; version=1.0.0");
  }

  @Test
  void unitsAreTold() {
    scraped.fill();

    assertThat(scraped.text(ScrapedFleet.OPEN_METRICS))
        .contains(
            "# UNIT process_resident_memory_bytes bytes\n",
            "# UNIT process_cpu_seconds seconds\n",
            "# UNIT python_loop_lag_seconds seconds\n",
            "# UNIT hognose_leak_slope_bytes_per_second bytes_per_second\n");
  }

  @Test
  void hostileNamesStayWithinTheirLabels() throws Exception {
    ProcessId hostile =
        new ProcessId(
            "a\"} 1 # <script>\\", "h\u2028ö{}", 1, Instant.parse("2026-03-01T07:00:00Z"));
    scraped.fleet.apply(
        0,
        sample(
            hostile,
            1,
            T0,
            new Cpu(Duration.ZERO, Duration.ZERO),
            List.of(
                loop("new\nline", Histogram.EMPTY),
                loop("new\nline", Histogram.EMPTY),
                loop("x".repeat(500), Histogram.EMPTY),
                loop("x".repeat(501), Histogram.EMPTY))),
        T0);
    scraped.fleet.publish();

    assertThat(OpenMetrics.complaints(scraped.text(ScrapedFleet.OPEN_METRICS))).isEmpty();
    assertThat(Promtool.complaints(scraped.bytes("text/plain"))).isEmpty();
    assertThat(scraped.text())
        .contains("loop=\"new\\nline\"", "service=\"a\\\"} 1 # <script>\\\\\"");
    assertThat(scraped.text()).doesNotContain("x".repeat(201));
  }

  @Test
  void counterThatClaimsToBeNegativeSpoilsNothing() throws Exception {
    Sample negative =
        SampleBuilder.of(PROCESS, 1, T0)
            .kernel(KernelBuilder.of(12).switches(-5, 20).build())
            .agent(SampleBuilder.idleAgent(Map.of("outbox_full", -1L)))
            .build();
    scraped.fleet.apply(0, negative, T0);
    scraped.fleet.publish();

    assertThat(Promtool.complaints(scraped.bytes("text/plain"))).isEmpty();
    assertThat(scraped.text())
        .contains("process_resident_memory_bytes{")
        .doesNotContain("process_context_switches_voluntary_total{", "dropped_samples_total{");
  }

  @Test
  void eachScrapeIsOfOneMomentWhileTheFleetChanges() throws InterruptedException {
    // Every sample's CPU time in seconds equals its sequence: a scrape that mixes two shows it.
    Thread writer =
        new Thread(
            () -> {
              for (long sequence = 1; sequence <= 2000; sequence++) {
                for (long pid = 1; pid <= 5; pid++) {
                  scraped.fleet.apply(0, busy(Examples.process(pid), sequence), T0);
                }
                scraped.fleet.publish();
              }
            });
    writer.start();
    do {
      assertThat(
              scraped
                  .text()
                  .lines()
                  .filter(line -> line.matches("process_cpu_(user_)?seconds_total\\{.*"))
                  .map(line -> line.substring(line.lastIndexOf(' ')))
                  .distinct()
                  .count())
          .isLessThanOrEqualTo(1);
    } while (writer.isAlive());
    writer.join();

    assertThat(scraped.text())
        .contains(
            "process_cpu_seconds_total" + "{host=\"web-1\",pid=\"5\",service=\"orders\"} 2000.0\n");
  }

  @Test
  void ownMetricsStandBesideTheFleets() throws Exception {
    scraped.fill();
    ownMetrics();

    assertThat(scraped.text())
        .contains("jvm_memory_used_bytes{", "process_start_time_seconds" + OF_PROCESS)
        .containsPattern("(?m)^process_start_time_seconds [0-9.E]+$")
        .containsOnlyOnce("# TYPE process_start_time_seconds gauge");
    assertThat(Promtool.complaints(scraped.bytes("text/plain"))).isEmpty();
  }

  @Test
  void ownMetricOfAnotherTypeThatTakesAFleetsNameIsLeftOut() throws Exception {
    scraped.fill();
    Counter.builder("process.threads").description("ours").register(scraped.own).increment();
    scraped.own.gauge("process.cpu.seconds", 3);

    assertThat(scraped.text())
        .contains("process_cpu_seconds_total" + OF_PROCESS, "process_threads" + OF_PROCESS)
        .doesNotContain("process_threads_total", "process_cpu_seconds ");
    assertThat(OpenMetrics.complaints(scraped.text(ScrapedFleet.OPEN_METRICS))).isEmpty();
  }

  private void ownMetrics() {
    new JvmMemoryMetrics().bindTo(scraped.own);
    new UptimeMetrics().bindTo(scraped.own);
  }

  private static Sample busy(ProcessId process, long sequence) {
    return sample(
        process, sequence, T0, new Cpu(Duration.ofSeconds(sequence), Duration.ZERO), List.of());
  }
}
