package dev.hognose.streams;

import dev.hognose.wire.Topics;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Refuses what is larger than a request may be before Kafka's own producer does: that one spoils
 * the transaction by it, so that neither the records before it nor the dead letter could be
 * committed, and the same record would end the streams again at each restart.
 */
final class MeasuringProducer extends KafkaProducer<byte[], byte[]> {

  private static final int UNKNOWN = -1;

  private final int largest;

  MeasuringProducer(Map<String, Object> properties) {
    super(properties, new ByteArraySerializer(), new ByteArraySerializer());
    largest = largest(properties);
  }

  /** Kafka Streams hands on what it was told, as a number or as a text. */
  static int largest(Map<String, Object> properties) {
    Object told = properties.getOrDefault(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.LARGEST);
    return (Integer)
        ConfigDef.parseType(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, told, ConfigDef.Type.INT);
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
    int size = size(record);
    if (size <= largest) {
      return super.send(record, callback);
    }
    return refused(
        record,
        callback,
        new RecordTooLargeException(size + " bytes: expected at most " + largest));
  }

  private Future<RecordMetadata> refused(
      ProducerRecord<byte[], byte[]> record, Callback callback, RecordTooLargeException refusal) {
    callback.onCompletion(nowhere(record.topic()), refusal);
    if (Stored.isChangelog(record.topic())) {
      // Kafka Streams fails when it is to write a letter about a record that none was read for.
      return send(ErrorLetter.ofState(record, refusal), (metadata, failure) -> {});
    }
    return CompletableFuture.failedFuture(refusal);
  }

  /** As Kafka's own producer measures it, which adds what a batch of one record needs. */
  static int size(ProducerRecord<byte[], byte[]> record) {
    return AbstractRecords.estimateSizeInBytesUpperBound(
        RecordBatch.CURRENT_MAGIC_VALUE,
        CompressionType.NONE,
        record.key(),
        record.value(),
        record.headers().toArray());
  }

  private static RecordMetadata nowhere(String topic) {
    return new RecordMetadata(
        new TopicPartition(topic, UNKNOWN),
        UNKNOWN,
        UNKNOWN,
        RecordBatch.NO_TIMESTAMP,
        UNKNOWN,
        UNKNOWN);
  }
}
