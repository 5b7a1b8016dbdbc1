package dev.hognose.collector.otlp;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the fleet's metrics to a topic as OTLP, a record for each process and each service, as an
 * OpenTelemetry Collector's Kafka receiver reads them.
 *
 * <p>What a scrape would show now is told at each interval, and each process by the collector that
 * has its partition. Nothing is kept for later: what Kafka does not take is counted, and told anew
 * with the next interval. Its thread is {@code hognose-otlp}; nobody else ever waits for it.
 */
public final class OtlpBridge implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OtlpBridge.class);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(2);

  private final Producer<byte[], byte[]> producer;
  private final OtlpSettings settings;
  private final MultiCollector fleet;
  private final BooleanSupplier whole;
  private final InstantSource clock;
  private final String teller;
  private final Counter sent;
  private final Counter failed;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "hognose-otlp");
            made.setDaemon(true);
            return made;
          });
  private boolean saidFailed;

  /**
   * What is told.
   *
   * @param fleet what a scrape shows
   * @param whole whether it is; while it is not, nothing is told
   * @param teller the name of this collector, which others that tell of the same services lack
   */
  public record Source(
      MultiCollector fleet, BooleanSupplier whole, InstantSource clock, String teller) {}

  /** One that has not started; it closes the producer when it ends. */
  public OtlpBridge(
      Producer<byte[], byte[]> producer,
      OtlpSettings settings,
      Source source,
      MeterRegistry registry) {
    this.producer = producer;
    this.settings = settings;
    this.fleet = source.fleet();
    this.whole = source.whole();
    this.clock = source.clock();
    this.teller = source.teller();
    this.sent = outcome("sent", registry);
    this.failed = outcome("failed", registry);
  }

  /** Tells at each interval from now on. */
  public void start() {
    long nanos = settings.interval().toNanos();
    Future<?> unused = thread.scheduleAtFixedRate(this::tell, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Tells all of it once; what fails is counted. */
  void tell() {
    if (!whole.getAsBoolean() || settings.topic().isEmpty()) {
      return;
    }
    String topic = settings.topic().get();
    try {
      // Else each record would wait for a topic that is not there.
      producer.partitionsFor(topic);
      Exports.of(fleet.collect(), clock.instant(), teller)
          .forEach(
              (subject, request) ->
                  send(
                      new ProducerRecord<>(
                          topic,
                          subject.key().getBytes(StandardCharsets.UTF_8),
                          request.toByteArray())));
    } catch (RuntimeException broken) {
      // A round that fails must not end those after it.
      count(broken);
    }
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    Future<?> unused =
        producer.send(
            record,
            (metadata, failure) -> {
              if (failure == null) {
                sent.increment();
              } else {
                count(failure);
              }
            });
  }

  /** Safe from the producer's thread, too. */
  private synchronized void count(Exception failure) {
    failed.increment();
    if (!saidFailed) {
      saidFailed = true;
      LOG.warn(
          "writing OTLP to {} failed: {}; further failures are only counted",
          settings.topic().orElse(""),
          failure.getMessage(),
          failure instanceof KafkaException ? null : failure);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("the OTLP bridge has not ended within {}", ENDS_WITHIN);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    producer.close(ENDS_WITHIN);
  }

  private static Counter outcome(String outcome, MeterRegistry registry) {
    return Counter.builder("hognose.collector.otlp.records")
        .description("OTLP records written to Kafka, by what became of them")
        .tag("outcome", outcome)
        .register(registry);
  }
}
