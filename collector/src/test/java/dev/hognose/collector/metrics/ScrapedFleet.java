package dev.hognose.collector.metrics;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.alert;
import static dev.hognose.collector.Examples.sample;
import static dev.hognose.collector.Examples.started;
import static dev.hognose.collector.Examples.trend;

import dev.hognose.collector.ManualClock;
import dev.hognose.collector.fleet.Fleet;
import dev.hognose.leak.Trend.Verdict;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A fleet, and what a scrape shows of it. */
final class ScrapedFleet {

  static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

  final ManualClock clock = new ManualClock(T0);
  final Fleet fleet = new Fleet(clock, Duration.ofDays(1));
  final PrometheusMeterRegistry own = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final Scrape scrape;

  /** With room for so many series of a service that have names from outside. */
  ScrapedFleet(int budget) {
    scrape = new Scrape(new FleetMetrics(fleet::snapshot, budget), own);
  }

  /** A process that leaks, and its alert. */
  void fill() {
    fleet.apply(0, started(PROCESS, 1, T0), T0);
    fleet.apply(0, sample(PROCESS, 2, T0), T0);
    fleet.apply(0, trend(PROCESS, T0, Verdict.LEAKING));
    fleet.apply(0, alert("a1", "orders leaks"));
    fleet.publish();
  }

  String text() {
    return text("text/plain");
  }

  String text(String accept) {
    return new String(bytes(accept), StandardCharsets.UTF_8);
  }

  byte[] bytes(String accept) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try {
      scrape.write(Scrape.format(accept), accept, body);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return body.toByteArray();
  }
}
