package dev.hognose.app.driver;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.RecordCollector;
import org.jspecify.annotations.Nullable;

/**
 * What the sinks of a topology would send: it goes to who takes the topic, in the order in which it
 * was sent. What nobody takes, changelogs among it, is not even packed.
 */
final class SinkRecords implements RecordCollector {

  private final Map<String, Consumer<ProducerRecord<byte[], byte[]>>> takers = new HashMap<>();

  /** From now on, of one topic. Several may take the same. */
  void take(String topic, Consumer<ProducerRecord<byte[], byte[]>> taker) {
    takers.merge(topic, taker, Consumer::andThen);
  }

  @Override
  public <K, V> void send(
      String topic,
      K key,
      V value,
      Headers headers,
      Long timestamp,
      Serializer<K> keySerializer,
      Serializer<V> valueSerializer,
      String node,
      InternalProcessorContext<Void, Void> context,
      @Nullable StreamPartitioner<? super K, ? super V> partitioner) {
    // A partitioner may say that a record goes nowhere; there is only one place besides.
    boolean goesNowhere =
        partitioner != null
            && partitioner.partitions(topic, key, value, 1).filter(Set::isEmpty).isPresent();
    Optional.ofNullable(takers.get(topic))
        .filter(taker -> !goesNowhere)
        .ifPresent(
            taker ->
                taker.accept(
                    new ProducerRecord<>(
                        topic,
                        null,
                        timestamp,
                        keySerializer.serialize(topic, headers, key),
                        valueSerializer.serialize(topic, headers, value),
                        headers)));
  }

  /** Only changelogs are sent to a partition that is known: their stores live as long as we do. */
  @Override
  public <K, V> void send(
      String topic,
      K key,
      V value,
      Headers headers,
      Integer partition,
      Long timestamp,
      Serializer<K> keySerializer,
      Serializer<V> valueSerializer,
      String node,
      InternalProcessorContext<Void, Void> context) {}

  /** Dead letters of Kafka's handlers. */
  @Override
  public <K, V> void send(
      K key,
      V value,
      String node,
      InternalProcessorContext<?, ?> context,
      ProducerRecord<byte[], byte[]> packed) {
    Optional.ofNullable(takers.get(packed.topic())).ifPresent(taker -> taker.accept(packed));
  }

  @Override
  public void initialize() {}

  @Override
  public void flush() {}

  @Override
  public void closeClean() {}

  @Override
  public void closeDirty() {}

  @Override
  public Map<TopicPartition, Long> offsets() {
    return Map.of();
  }
}
