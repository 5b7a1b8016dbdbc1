package dev.hognose.wire;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;

/**
 * A topic's name together with the only serdes that may touch it, and how the cluster must keep it.
 *
 * @param retention absent: until a newer record of the same key
 * @param readBy who needs it, the collector's page included
 */
public record Topic<K, V>(
    String name,
    Serde<K> key,
    Serde<V> value,
    Cleanup cleanup,
    Optional<Duration> retention,
    String writtenBy,
    List<String> readBy) {

  public Topic {
    readBy = List.copyOf(readBy);
  }

  /** What the cluster does with old records. */
  public enum Cleanup {
    DELETE("delete"),
    COMPACT("compact"),
    COMPACT_AND_DELETE("compact,delete");

    private final String policy;

    Cleanup(String policy) {
      this.policy = policy;
    }
  }

  /** The topic's own settings on the cluster, by Kafka's names. */
  public Map<String, String> config() {
    Map<String, String> config = new TreeMap<>();
    config.put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup.policy);
    retention.ifPresent(
        kept -> config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(kept.toMillis())));
    // A process whose clock is ahead is refused by the broker's clock, live and replayed alike.
    // What
    // it let in may be told, also after its clock was set back: Kafka's default is an hour.
    config.put(
        TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
        writtenBy.equals(Topics.AGENT) ? "60000" : Long.toString(Long.MAX_VALUE));
    if (writtenBy.equals(Topics.STREAMS)) {
      config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topics.LARGEST));
    }
    if (cleanup != Cleanup.DELETE) {
      config.put(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1");
    }
    return config;
  }
}
