package dev.hognose.streams;

import dev.hognose.wire.Topics;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * A dead letter about what failed after it had been read: a record, or what is known of several.
 */
final class ErrorLetter {

  private static final long NOT_WRITTEN = -1;

  private ErrorLetter() {}

  /** Why a record was not written. */
  static String tooLarge(String topic, RecordTooLargeException refusal) {
    return "too large for " + topic + ": " + refusal.getMessage();
  }

  /** About a state that its changelog has no room for: only its key, of which it is known. */
  static ProducerRecord<byte[], byte[]> ofState(
      ProducerRecord<byte[], byte[]> state, RecordTooLargeException refusal) {
    DeadLetter letter = DeadLetter.of(state.key(), null);
    DeadLetter.Origin origin =
        new DeadLetter.Origin(state.topic(), state.partition(), NOT_WRITTEN, state.timestamp());
    String reason = tooLarge(state.topic(), refusal);
    return record(letter, letter.headers(new RecordHeaders(), origin, reason), origin);
  }

  static ProducerRecord<byte[], byte[]> of(ErrorHandlerContext context, String reason) {
    DeadLetter letter = DeadLetter.of(context.sourceRawKey(), context.sourceRawValue());
    DeadLetter.Origin origin =
        new DeadLetter.Origin(
            String.valueOf(context.topic()),
            context.partition(),
            context.offset(),
            context.timestamp());
    return record(letter, letter.headers(context.headers(), origin, reason), origin);
  }

  private static ProducerRecord<byte[], byte[]> record(
      DeadLetter letter, Headers headers, DeadLetter.Origin origin) {
    return new ProducerRecord<>(
        Topics.DEAD_LETTERS.name(),
        null,
        Math.max(0, origin.timestampMs()),
        letter.key(),
        letter.value(),
        headers);
  }
}
