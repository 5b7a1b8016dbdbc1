package dev.hognose.collector.intake;

import dev.hognose.alert.Alert;
import dev.hognose.collector.fleet.Fleet;
import dev.hognose.collector.fleet.Outcome;
import dev.hognose.leak.Trend;
import dev.hognose.sample.Event;
import dev.hognose.sample.Sample;
import dev.hognose.service.ServiceSummary;
import dev.hognose.wire.AlertCodec;
import dev.hognose.wire.Codec;
import dev.hognose.wire.EventCodec;
import dev.hognose.wire.MalformedRecordException;
import dev.hognose.wire.Schema;
import dev.hognose.wire.ServiceSummaryCodec;
import dev.hognose.wire.Topics;
import dev.hognose.wire.TrendCodec;
import dev.hognose.wire.sample.SampleCodec;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes each record, applies it to the fleet, and counts what became of it. */
final class RecordReader {

  private static final Logger LOG = LoggerFactory.getLogger(RecordReader.class);

  private static final SampleCodec SAMPLE = new SampleCodec();
  private static final Codec<Event> EVENT = new EventCodec();
  private static final Codec<Trend> TREND = new TrendCodec();
  private static final Codec<ServiceSummary> SUMMARY = new ServiceSummaryCodec();
  private static final Codec<Alert> ALERT = new AlertCodec();

  private final Fleet fleet;
  private final Map<String, Application> byTopic =
      Map.of(
          Topics.SAMPLES.name(), this::applySample,
          Topics.EVENTS.name(), this::applyEvent,
          Topics.TRENDS.name(), this::applyTrend,
          Topics.SERVICES.name(), this::applySummary,
          Topics.ALERTS.name(), this::applyAlert);
  private final Map<String, IntakeCounters> counters = new LinkedHashMap<>();
  private final Set<String> saidMalformed = new HashSet<>();

  RecordReader(Fleet fleet, MeterRegistry registry) {
    this.fleet = fleet;
    byTopic.keySet().forEach(topic -> counters.put(topic, IntakeCounters.of(topic, registry)));
  }

  /**
   * Reads one record of one of the topics.
   *
   * @param heardAt when a process that says something at a time of its own was heard by our clock
   */
  void read(ConsumerRecord<byte[], byte[]> record, UnaryOperator<Instant> heardAt) {
    IntakeCounters counted = counters.get(record.topic());
    Application application = byTopic.get(record.topic());
    if (counted == null || application == null) {
      throw new IllegalArgumentException("topic=" + record.topic() + ": expected one we know");
    }
    try {
      Schema.check(record.headers());
      counted.count(application.apply(record, heardAt));
    } catch (MalformedRecordException malformed) {
      counted.malformed().increment();
      sayFirst(record, malformed);
    }
  }

  private void sayFirst(ConsumerRecord<byte[], byte[]> record, MalformedRecordException malformed) {
    if (saidMalformed.add(record.topic())) {
      LOG.warn(
          "malformed record {}-{}@{}: {}; further ones of this topic are only counted",
          record.topic(),
          record.partition(),
          record.offset(),
          malformed.getMessage());
    }
  }

  private Outcome applySample(
      ConsumerRecord<byte[], byte[]> record, UnaryOperator<Instant> heardAt) {
    Sample sample = SAMPLE.decode(record.key(), valueOf(record));
    return fleet.apply(record.partition(), sample, heardAt.apply(sample.at()));
  }

  private Outcome applyEvent(
      ConsumerRecord<byte[], byte[]> record, UnaryOperator<Instant> heardAt) {
    Event event = EVENT.decode(valueOf(record));
    return fleet.apply(record.partition(), event, heardAt.apply(event.at()));
  }

  private Outcome applyTrend(
      ConsumerRecord<byte[], byte[]> record, UnaryOperator<Instant> heardAt) {
    if (isDeletion(record)) {
      fleet.removeTrend(keyOf(record));
      return Outcome.APPLIED;
    }
    return fleet.apply(record.partition(), TREND.decode(valueOf(record)));
  }

  private Outcome applySummary(
      ConsumerRecord<byte[], byte[]> record, UnaryOperator<Instant> heardAt) {
    if (isDeletion(record)) {
      fleet.removeSummary(keyOf(record));
      return Outcome.APPLIED;
    }
    return fleet.apply(record.partition(), SUMMARY.decode(valueOf(record)));
  }

  private Outcome applyAlert(
      ConsumerRecord<byte[], byte[]> record, UnaryOperator<Instant> heardAt) {
    if (isDeletion(record)) {
      fleet.removeAlert(keyOf(record));
      return Outcome.APPLIED;
    }
    return fleet.apply(record.partition(), ALERT.decode(valueOf(record)));
  }

  private static boolean isDeletion(ConsumerRecord<byte[], byte[]> record) {
    byte @Nullable [] value = record.value();
    return value == null;
  }

  private static byte[] valueOf(ConsumerRecord<byte[], byte[]> record) {
    byte @Nullable [] value = record.value();
    if (value == null) {
      throw new MalformedRecordException("no value: expected a message");
    }
    return value;
  }

  private static String keyOf(ConsumerRecord<byte[], byte[]> record) {
    byte @Nullable [] key = record.key();
    if (key == null) {
      throw new MalformedRecordException("no key: expected what to delete");
    }
    return new String(key, StandardCharsets.UTF_8);
  }

  /** How a record of one topic changes the fleet. */
  private interface Application {

    Outcome apply(ConsumerRecord<byte[], byte[]> record, UnaryOperator<Instant> heardAt);
  }
}
