package dev.hognose.collector.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Whether a broker answers and has the topics.
 *
 * <p>A poll does not tell a broker that is away from one that has nothing: so it is asked now and
 * then.
 */
final class Availability {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
  private static final Duration ASK_AFTER = Duration.ofSeconds(5);

  private final Consumer<byte[], byte[]> consumer;
  private final String servers;
  private Instant quietSince = Instant.EPOCH;

  /**
   * One that has not asked.
   *
   * @param servers where the consumer looks for brokers, for messages
   */
  Availability(Consumer<byte[], byte[]> consumer, String servers) {
    this.consumer = consumer;
    this.servers = servers;
  }

  /** What is missing; empty when the topics can be read. */
  Optional<String> complaint() {
    try {
      Map<String, List<PartitionInfo>> there = consumer.listTopics(ANSWER_WITHIN);
      // What may not be seen is left out of the list; who asks for it by name is told.
      TopicCheck.missing(there).forEach(topic -> consumer.partitionsFor(topic, ANSWER_WITHIN));
      return TopicCheck.complaint(there).map(complaint -> complaint + " at " + servers);
    } catch (TimeoutException silence) {
      return Optional.of("no broker answers at " + servers);
    }
  }

  /** Something has come: it is there. */
  void heard(Instant now) {
    quietSince = now;
  }

  /** What is missing, asked for only where nothing has come for a while. */
  Optional<String> complaintWhenQuiet(Instant now) {
    if (now.isBefore(quietSince.plus(ASK_AFTER))) {
      return Optional.empty();
    }
    Optional<String> complaint = complaint();
    if (complaint.isEmpty()) {
      quietSince = now;
    }
    return complaint;
  }
}
