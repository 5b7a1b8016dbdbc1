package dev.hognose.streams;

import dev.hognose.wire.Topics;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What Kafka Streams is told, each for a reason. */
final class StreamsProperties {

  private StreamsProperties() {}

  static Properties of(StreamsSettings settings) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbyReplicas());
    settings
        .stateDir()
        .ifPresent(folder -> properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString()));
    delivery(settings, properties);
    topology(properties);
    clients(properties);
    properties.putAll(settings.member().in(settings.kafka()));
    return properties;
  }

  private static void delivery(StreamsSettings settings, Properties properties) {
    // At least once can lose an alert: state acknowledged, output not, the record then seems
    // doubled.
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
    properties.put(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, UnwritableRecords.class);
    properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, Defects.class);
  }

  private static void topology(Properties properties) {
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    // Holds what is written to changelogs until the next commit; nothing is told from it.
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 32L << 20);
    properties.put(
        StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG), "CreateTime");
    // Bounds hold states far below, unless every name in them is as long as it may be; what is
    // larger all the same is refused: see MeasuringProducer.
    properties.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        Integer.toString(Topics.LARGEST));
    // What the broker let in it must let through: its clock may have been set back since.
    properties.put(
        StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
        Long.toString(Long.MAX_VALUE));
  }

  private static void clients(Properties properties) {
    properties.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    properties.put(StreamsConfig.LOG_SUMMARY_INTERVAL_MS_CONFIG, -1);
    // KIP-1071 needs 6 s for the first record of a fresh group, classic 0.7 s.
    properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    // After a kill the partitions are somebody else's within 10 s.
    properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 8_000);
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 2_000);
    // When they first start, Kafka Streams make some thirty topics, and wait so long after each.
    properties.put(StreamsConfig.RETRY_BACKOFF_MS_CONFIG, 10);
    // A producer does not double it: a broker that is just making the topic of transactions would
    // be asked for it a hundred times a second.
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG),
        CommonClientConfigs.DEFAULT_RETRY_BACKOFF_MS);
    // A partition's fetch is read to its end before the next one's: while samples are behind, an
    // event waits for a thousand of each partition, and not for many thousands.
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
        256 << 10);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topics.LARGEST);
  }
}
