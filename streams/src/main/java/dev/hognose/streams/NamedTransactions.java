package dev.hognose.streams;

import dev.hognose.wire.client.GroupMember;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Kafka's clients as Kafka Streams makes them, but that transactions are called after the place,
 * and that producers are {@link MeasuringProducer}s.
 *
 * <p>Kafka Streams draws a new one at each start where all stores are in memory. The transaction
 * that a killed instance left open then stays so until it times out, ten seconds and up to ten more
 * until the broker looks; no changelog that it wrote to can be restored before. Under the same name
 * the first thing that the next start does is to end it.
 *
 * <p>Not under a name that the operator has given: another self may have been frozen, and would
 * take being sent away by its transactions for a rebalance, join anew, and take the name back.
 */
record NamedTransactions(String applicationId, GroupMember member) implements KafkaClientSupplier {

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new MeasuringProducer(properties(config));
  }

  /** The streams' own end of a transaction's name, the number of the thread, stays. */
  Map<String, Object> properties(Map<String, Object> config) {
    Map<String, Object> properties = new HashMap<>(config);
    member
        .place()
        .ifPresent(
            place ->
                properties.computeIfPresent(
                    ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                    (key, drawn) -> applicationId + "-" + place + thread(drawn.toString())));
    return properties;
  }

  private static String thread(String drawn) {
    return drawn.substring(drawn.lastIndexOf('-'));
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return getConsumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return getConsumer(config);
  }
}
