package dev.hognose.collector;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.sample;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hognose.collector.fleet.Fleet;
import dev.hognose.collector.http.HttpSettings;
import dev.hognose.collector.http.WebServer;
import dev.hognose.collector.metrics.FleetMetrics;
import dev.hognose.collector.metrics.LocalPrometheus;
import dev.hognose.collector.metrics.MetricsRoutes;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real Prometheus makes of a scrape, in the formats that it asks for. */
class ScrapedByPrometheusTest {

  private static final String LAG = "python_loop_lag_seconds";

  private final Fleet fleet = new Fleet(new ManualClock(T0), Duration.ofDays(1));
  private final PrometheusMeterRegistry own = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final WebServer server =
      new WebServer(
          HttpSettings.open("127.0.0.1", 0),
          new MetricsRoutes(new FleetMetrics(fleet::snapshot, 1000), own).handlers(),
          own);

  @TempDir Path data;

  @BeforeEach
  void listen() {
    fleet.apply(0, sample(PROCESS, 1, T0), T0);
    fleet.apply(0, Examples.blocks("b1"));
    fleet.apply(0, Examples.summary("orders", T0));
    fleet.publish();
    server.start();
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void nativeHistogramsAreAskedForAndCome() throws Exception {
    try (LocalPrometheus prometheus =
        LocalPrometheus.scraping(server.port(), data, List.of("native-histograms"))) {
      // 90 of 100 within 0.5 ms, 9 within 1 ms, 1 within 2.5 ms.
      assertThat(value(prometheus.awaited("histogram_count(" + LAG + ")"))).isEqualTo(100);
      assertThat(value(prometheus.awaited("histogram_sum(" + LAG + ")"))).isEqualTo(0.05);
      assertThat(value(prometheus.awaited("histogram_quantile(0.8, " + LAG + ")")))
          .isBetween(0.0004, 0.0005 * 1.09);
      assertThat(value(prometheus.awaited("histogram_quantile(1, " + LAG + ")")))
          .isBetween(0.0022, 0.0025 * 1.09);
      assertThat(
              value(
                  prometheus.awaited(
                      "histogram_quantile(0.999, hognose_service_loop_lag_seconds)")))
          .isBetween(0.45, 0.5 * 1.09);
      assertThat(value(prometheus.awaited("process_resident_memory_bytes"))).isEqualTo(213L << 20);
    }
  }

  @Test
  void classicHistogramsAndExemplarsComeToOneThatAsksForNoMore() throws Exception {
    try (LocalPrometheus prometheus =
        LocalPrometheus.scraping(server.port(), data, List.of("exemplar-storage"))) {
      assertThat(value(prometheus.awaited(LAG + "_bucket{le=\"0.001\"}"))).isEqualTo(99);
      for (String counter :
          List.of("python_loop_blocked_seconds_total", "hognose_loop_blocks_total")) {
        assertThat(prometheus.awaited(counter)).hasSize(1);
        JsonNode exemplar =
            prometheus.exemplars(counter, T0.minusSeconds(1), T0.plusSeconds(1)).at("/0/exemplars");
        assertThat(exemplar).as(counter).hasSize(1);
        assertThat(exemplar.at("/0/labels/alert").asText()).isEqualTo("b1");
        assertThat(exemplar.at("/0/value").asDouble()).isEqualTo(2.5);
      }
    }
  }

  private static double value(JsonNode series) {
    assertThat(series).hasSize(1);
    return series.at("/0/value/1").asDouble();
  }
}
