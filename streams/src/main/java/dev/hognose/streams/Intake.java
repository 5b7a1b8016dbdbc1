package dev.hognose.streams;

import dev.hognose.wire.MalformedRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Reads the records of a topic once for all topologies: what says something new goes on, what
 * cannot be read becomes a dead letter, doubles end here.
 */
final class Intake<T> implements FixedKeyProcessor<byte[], byte[], Received<T>> {

  /** Longer than an agent keeps records while Kafka is away. */
  private static final Duration FORGET = Duration.ofHours(4);

  private static final Duration SWEEP = Duration.ofMinutes(1);

  private final RecordReader<T> reader;
  private final OutcomeCounters<RecordOutcome> counters;
  private final Part.Place<?, SequenceWindow> place;
  private FixedKeyProcessorContext<byte[], Received<T>> context;
  private Part<?, SequenceWindow> windows;

  @SuppressWarnings("NullAway.Init")
  Intake(
      RecordReader<T> reader,
      OutcomeCounters<RecordOutcome> counters,
      Part.Place<?, SequenceWindow> place) {
    this.reader = reader;
    this.counters = counters;
    this.place = place;
  }

  @Override
  public void init(FixedKeyProcessorContext<byte[], Received<T>> context) {
    this.context = context;
    windows = Part.of(context, place);
    long nowMs = context.currentSystemTimeMs();
    windows.forEach((key, window) -> windows.await(key, nowMs, FORGET));
    context.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, this::forget);
  }

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> record) {
    try {
      take(record, reader.read(record));
    } catch (MalformedRecordException malformed) {
      refuse(record, String.valueOf(malformed.getMessage()));
    }
  }

  private void take(FixedKeyRecord<byte[], byte[]> record, T message) {
    String key = reader.process().apply(message).key();
    SequenceWindow window = Optional.ofNullable(windows.get(key)).orElse(SequenceWindow.EMPTY);
    long sequence = reader.sequence().applyAsLong(message);
    Instant at = reader.at().apply(message);
    switch (window.arrivalOf(sequence, at)) {
      case FRESH -> {
        windows.put(key, window.with(sequence, at));
        windows.await(key, context.currentSystemTimeMs(), FORGET);
        counters.count(RecordOutcome.APPLIED);
        context.forward(record.withValue(new Received.Message<>(message)));
      }
      case DOUBLED -> counters.count(RecordOutcome.DOUBLED);
      case STALE -> counters.count(RecordOutcome.STALE);
    }
  }

  private void refuse(FixedKeyRecord<byte[], byte[]> record, String reason) {
    RecordMetadata metadata = context.recordMetadata().orElseThrow();
    DeadLetter.Origin origin =
        new DeadLetter.Origin(
            metadata.topic(), metadata.partition(), metadata.offset(), record.timestamp());
    DeadLetter letter = DeadLetter.of(record.key(), record.value());
    counters.count(RecordOutcome.MALFORMED);
    context.forward(
        record
            .withHeaders(letter.headers(record.headers(), origin, reason))
            .withValue(new Received.Refused<>(letter)));
  }

  private void forget(long nowMs) {
    windows.takeDue(nowMs, windows::delete);
  }
}
