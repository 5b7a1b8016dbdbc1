package dev.hognose.app.replay;

import dev.hognose.collector.CollectorSettings;
import dev.hognose.collector.fleet.Fleet;
import dev.hognose.collector.intake.PastIntake;
import dev.hognose.collector.metrics.FleetMetrics;
import dev.hognose.collector.metrics.TimedText;
import dev.hognose.wire.Schema;
import dev.hognose.wire.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The window as Prometheus would have seen it: a collector's fleet that lives in the records' time
 * and is scraped every {@link #EVERY}.
 */
final class PastSeries implements Listener {

  private static final Duration EVERY = Duration.ofSeconds(15);

  private final Window window;
  private final Duration forgetAlertsAfter;
  private final Fleet fleet;
  private final PastIntake intake;
  private final TimedText text;
  private Instant clock = Instant.EPOCH;
  private Instant nextScrape = Instant.EPOCH;

  /**
   * Nothing was scraped yet.
   *
   * @param settings of the collector that would have been scraped
   */
  PastSeries(Window window, CollectorSettings settings, OutputStream out) {
    this.window = window;
    this.forgetAlertsAfter = settings.forgetAlertsAfter();
    this.fleet = new Fleet(() -> this.clock, forgetAlertsAfter);
    this.intake = new PastIntake(fleet);
    this.text = new TimedText(new FleetMetrics(fleet::snapshot, settings.seriesBudget()), out);
  }

  /** What a rehearsal is to tell: its trends, summaries and alerts are series, too. */
  Map<String, Consumer<Telling>> told(Consumer<Telling> alerts) {
    return Map.of(
        Topics.TRENDS.name(),
        trend -> take(Topics.TRENDS.name(), trend),
        Topics.SERVICES.name(),
        summary -> take(Topics.SERVICES.name(), summary),
        Topics.ALERTS.name(),
        alert -> {
          alerts.accept(alert);
          take(Topics.ALERTS.name(), alert);
        });
  }

  private void take(String topic, Telling telling) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            topic,
            0,
            0,
            telling.id().getBytes(StandardCharsets.UTF_8),
            telling.value().orElse(null));
    record.headers().add(Schema.HEADER, Schema.header());
    intake.take(record);
  }

  @Override
  public void next(ConsumerRecord<byte[], byte[]> record) {
    Instant at = Instant.ofEpochMilli(record.timestamp());
    advance(at);
    intake.take(record);
  }

  @Override
  public void advance(Instant to) {
    if (clock.equals(Instant.EPOCH) || to.isAfter(nextScrape.plus(forgetAlertsAfter))) {
      nextScrape = after(to);
    }
    while (!nextScrape.isAfter(to)) {
      scrape();
      nextScrape = nextScrape.plus(EVERY);
    }
    clock = clock.isBefore(to) ? to : clock;
  }

  /** The first moment of the beat after that one. */
  private static Instant after(Instant moment) {
    long beats = Math.floorDiv(moment.toEpochMilli(), EVERY.toMillis()) + 1;
    return Instant.ofEpochMilli(beats * EVERY.toMillis());
  }

  private void scrape() {
    clock = nextScrape;
    fleet.publish();
    if (!window.tells(nextScrape)) {
      return;
    }
    try {
      text.write(nextScrape);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  void end() throws IOException {
    text.end();
  }
}
