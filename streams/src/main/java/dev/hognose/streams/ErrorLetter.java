package dev.hognose.streams;

import dev.hognose.wire.Topics;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/** A dead letter about a record that failed after it had been read. */
final class ErrorLetter {

  private ErrorLetter() {}

  static ProducerRecord<byte[], byte[]> of(ErrorHandlerContext context, String reason) {
    DeadLetter letter = DeadLetter.of(context.sourceRawKey(), context.sourceRawValue());
    DeadLetter.Origin origin =
        new DeadLetter.Origin(
            String.valueOf(context.topic()),
            context.partition(),
            context.offset(),
            context.timestamp());
    Headers headers = letter.headers(context.headers(), origin, reason);
    return new ProducerRecord<>(
        Topics.DEAD_LETTERS.name(),
        null,
        Math.max(0, context.timestamp()),
        letter.key(),
        letter.value(),
        headers);
  }
}
