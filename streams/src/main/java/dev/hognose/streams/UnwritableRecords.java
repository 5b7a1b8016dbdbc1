package dev.hognose.streams;

import dev.hognose.wire.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a record that is refused when it is to be written: one that {@link
 * MeasuringProducer} finds too large will be so for ever, so a dead letter tells where it came from
 * and the stream goes on; what may pass is tried again; everything else ends the thread.
 *
 * <p>Of a state that is too large the changelog keeps what it had before; the producer itself tells
 * of it. Of a dead letter that is too large no other one tells.
 */
public final class UnwritableRecords implements ProductionExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(UnwritableRecords.class);
  private static final FirstOfAKind FIRST = new FirstOfAKind();

  @Override
  public void configure(Map<String, ?> configs) {}

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception refusal) {
    if (refusal instanceof RecordTooLargeException tooLarge) {
      return resume(context, record.topic(), ErrorLetter.tooLarge(record.topic(), tooLarge));
    }
    return refusal instanceof RetriableException ? Response.retry() : Response.fail();
  }

  private static Response resume(ErrorHandlerContext context, String topic, String reason) {
    if (FIRST.is(topic)) {
      LOG.warn("a record is {}; such go to the dead letters, no more is said of them", reason);
    }
    return topic.equals(Topics.DEAD_LETTERS.name()) || Stored.isChangelog(topic)
        ? Response.resume()
        : Response.resume(List.of(ErrorLetter.of(context, reason)));
  }

  @Override
  public Response handleSerializationError(
      ErrorHandlerContext context,
      @SuppressWarnings("rawtypes") ProducerRecord record,
      Exception failure,
      SerializationExceptionOrigin origin) {
    String reason = "no bytes of its " + origin + " for " + record.topic() + ": " + failure;
    if (FIRST.is(record.topic() + " " + origin)) {
      LOG.error("a record has {}; such go to the dead letters", reason, failure);
    }
    return Response.resume(List.of(ErrorLetter.of(context, reason)));
  }
}
