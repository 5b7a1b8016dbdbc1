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
 * <p>A poll does not tell a broker that is away from one that has nothing, nor a topic that is gone
 * from one that is empty: so it is asked now and then.
 */
final class Availability {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
  private static final Duration ASK_AFTER = Duration.ofSeconds(5);

  private final Consumer<byte[], byte[]> consumer;
  private final String servers;
  private Instant quietSince = Instant.EPOCH;
  private Instant lookedAt = Instant.EPOCH;
  private Optional<String> gone = Optional.empty();

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

  /** What is missing; the broker is asked where nothing has come for a while. */
  Optional<String> complaintNowAndThen(Instant now) {
    if (now.isBefore(quietSince.plus(ASK_AFTER))) {
      return goneBesideOthers(now);
    }
    Optional<String> complaint = complaint();
    if (complaint.isEmpty()) {
      quietSince = now;
    }
    return complaint;
  }

  /** While other topics are read: the client knows those that are there without asking. */
  private Optional<String> goneBesideOthers(Instant now) {
    if (!now.isBefore(lookedAt.plus(ASK_AFTER))) {
      lookedAt = now;
      gone = TopicCheck.complaint(missing()).map(complaint -> complaint + " at " + servers);
    }
    return gone;
  }

  private List<String> missing() {
    try {
      return TopicCheck.TOPICS.stream()
          .filter(topic -> consumer.partitionsFor(topic, ANSWER_WITHIN).isEmpty())
          .toList();
    } catch (TimeoutException silence) {
      // Of a broker that is away the quiet will tell.
      return List.of();
    }
  }
}
