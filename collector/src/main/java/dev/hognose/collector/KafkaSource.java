package dev.hognose.collector;

import dev.hognose.collector.intake.Source;
import dev.hognose.settings.SettingException;
import dev.hognose.wire.client.ClientRefusal;
import dev.hognose.wire.client.GroupRemoval;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka's clients: those that the topics are read by, and the one that writes OTLP. */
final class KafkaSource {

  private static final int PAST_AT_ONCE = 5000;

  private KafkaSource() {}

  /**
   * A consumer of bytes: what cannot be decoded is ours to count.
   *
   * @throws SettingException when Kafka's client refuses the settings
   */
  static Source source(CollectorSettings settings) {
    GroupRemoval removal =
        new GroupRemoval(settings.bootstrapServers(), settings.groupId(), settings.kafka());
    return new Source(
        consumer(settings),
        settings.bootstrapServers(),
        settings.member(),
        () -> settings.member().name().ifPresent(removal::remove));
  }

  private static Consumer<byte[], byte[]> consumer(CollectorSettings settings) {
    Map<String, Object> properties = common(settings);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.groupId());
    settings
        .member()
        .name()
        .ifPresent(name -> properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, name));
    properties.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, settings.groupId());
    // Partition n of every topic goes to the same collector: all about a process comes together.
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
    properties.putIfAbsent(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
    // For so long nobody shows what a collector had that died: the least that brokers allow
    // unasked.
    properties.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
    // And for so long the others do not know that the group is being shared out anew.
    properties.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 500);
    // After each fetch the whole fleet is shown anew, which costs as much for one record as for
    // many: where records come one by one, they are waited for a little.
    properties.putIfAbsent(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 32 << 10);
    properties.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 25);
    return consumer(settings, properties);
  }

  /** A consumer in no group, for one reading of what was. */
  static Consumer<byte[], byte[]> consumerOfThePast(CollectorSettings settings) {
    Map<String, Object> properties = common(settings);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, settings.groupId() + "-past");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, PAST_AT_ONCE);
    return consumer(settings, properties);
  }

  /**
   * A producer that waits for nobody for long; of the operator's properties it takes those that
   * producers know.
   *
   * @throws SettingException when Kafka's client refuses the settings
   */
  static Producer<byte[], byte[]> producer(CollectorSettings settings) {
    Map<String, Object> properties = new HashMap<>(settings.kafka());
    properties.keySet().retainAll(ProducerConfig.configNames());
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, settings.groupId() + "-otlp");
    properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 100);
    // What Kafka has not taken by then is told anew anyway.
    properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    try {
      return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException refused) {
      throw refusal(settings, refused);
    }
  }

  private static Map<String, Object> common(CollectorSettings settings) {
    Map<String, Object> properties = new HashMap<>(settings.kafka());
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    // Alerts of a transaction that failed were never so.
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // Whoever asks for a topic by name would make it, unsplit and not compacted, where brokers let
    // it.
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // Where to begin is decided at each assignment; a position that is gone begins again there.
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return properties;
  }

  private static Consumer<byte[], byte[]> consumer(
      CollectorSettings settings, Map<String, Object> properties) {
    try {
      return new KafkaConsumer<>(
          properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (KafkaException refused) {
      throw refusal(settings, refused);
    }
  }

  private static SettingException refusal(CollectorSettings settings, KafkaException refused) {
    String reason = ClientRefusal.reason(refused);
    return new SettingException(
        reason.contains(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG)
            ? ("HOGNOSE_BOOTSTRAP_SERVERS=%s: expected host:port of brokers, commas between,"
                    + " one host at least known here")
                .formatted(settings.bootstrapServers())
            : "HOGNOSE_KAFKA_* with %s: expected what Kafka's clients take: %s"
                .formatted(settings.kafka().keySet(), reason));
  }
}
