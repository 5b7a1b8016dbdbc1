package dev.hognose.streams;

import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a record that makes our own code fail: it goes to the dead letters and the stream
 * goes on, as one record must not silence all processes of a partition. The first of a kind is
 * logged; Kafka's metric {@code dropped-records-total} counts all. State that cannot be read is no
 * fault of the record: it ends the thread.
 */
public final class Defects implements ProcessingExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Defects.class);
  private static final FirstOfAKind FIRST = new FirstOfAKind();

  @Override
  public void configure(Map<String, ?> configs) {}

  @Override
  public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception failure) {
    if (failure instanceof UnreadableStateException) {
      return Response.fail();
    }
    if (FIRST.is(context.processorNodeId() + " " + failure.getClass())) {
      LOG.error(
          "{} failed on {}-{}@{}; such records go to the dead letters, no more is said of them",
          context.processorNodeId(),
          context.topic(),
          context.partition(),
          context.offset(),
          failure);
    }
    return Response.resume(
        List.of(
            ErrorLetter.of(context, "defect in " + context.processorNodeId() + ": " + failure)));
  }
}
