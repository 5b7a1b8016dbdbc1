package dev.hognose.streams;

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
 * What happens to a record that Kafka refuses: one that is too large will be so for ever, so the
 * record that it came from goes to the dead letters and the stream goes on; what may pass is tried
 * again; everything else ends the thread.
 */
public final class UnwritableRecords implements ProductionExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(UnwritableRecords.class);
  private static final FirstOfAKind FIRST = new FirstOfAKind();

  @Override
  public void configure(Map<String, ?> configs) {}

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception refusal) {
    if (refusal instanceof RecordTooLargeException) {
      String reason = "too large for " + record.topic() + ": " + refusal.getMessage();
      if (FIRST.is(record.topic())) {
        LOG.warn("a record is {}; such go to the dead letters, no more is said of them", reason);
      }
      return Response.resume(List.of(ErrorLetter.of(context, reason)));
    }
    return refusal instanceof RetriableException ? Response.retry() : Response.fail();
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
