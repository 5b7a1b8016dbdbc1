package dev.hognose.app.topics;

import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.console.FailureException;
import dev.hognose.wire.Topic;
import dev.hognose.wire.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of Hognose on one cluster. */
public final class ClusterTopics implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final Config NO_CONFIG = new Config(List.of());

  private final Cluster cluster;
  private final Admin admin;

  public ClusterTopics(Cluster cluster) {
    this.cluster = cluster;
    this.admin = cluster.admin();
  }

  /** Those that the cluster has, in our order. */
  List<TopicState> present() {
    List<String> names = Topics.all().stream().map(Topic::name).toList();
    List<TopicDescription> there = new ArrayList<>();
    admin
        .describeTopics(names)
        .topicNameValues()
        .forEach((name, asked) -> described(name, asked).ifPresent(there::add));
    Map<ConfigResource, Config> configs =
        cluster.answer(
            admin
                .describeConfigs(there.stream().map(topic -> resource(topic.name())).toList())
                .all());
    return there.stream()
        .sorted(Comparator.comparingInt(topic -> names.indexOf(topic.name())))
        .map(topic -> state(topic, configs.getOrDefault(resource(topic.name()), NO_CONFIG)))
        .toList();
  }

  /** Nothing for one that does not exist; one that may not be seen is a failure. */
  private Optional<TopicDescription> described(String name, KafkaFuture<TopicDescription> asked) {
    try {
      return Optional.of(cluster.answer(asked));
    } catch (FailureException failed) {
      if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      // Kafka's own sentence does not name it.
      throw failed.getCause() instanceof TopicAuthorizationException
          ? new FailureException(name + " at " + failed.getMessage(), failed)
          : failed;
    }
  }

  /**
   * Creates the topics that are missing.
   *
   * @param replication absent: as the cluster does by default
   * @return those created
   */
  public List<String> createMissing(int partitions, Optional<Short> replication) {
    List<NewTopic> missing =
        Differences.missing(present()).stream()
            .map(
                topic ->
                    new NewTopic(topic.name(), Optional.of(partitions), replication)
                        .configs(topic.config()))
            .toList();
    cluster.answer(admin.createTopics(missing).all());
    awaitAll();
    return missing.stream().map(NewTopic::name).toList();
  }

  /** A broker may learn of a topic a moment after its controller has made it. */
  private void awaitAll() {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!Differences.missing(present()).isEmpty()) {
      if (Instant.now().isAfter(deadline)) {
        throw new FailureException(
            cluster.bootstrapServers()
                + ": created topics are not seen within "
                + PATIENCE.toSeconds()
                + " s");
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  @Override
  public void close() {
    admin.close();
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private static TopicState state(TopicDescription topic, Config config) {
    return new TopicState(
        topic.name(),
        topic.partitions().size(),
        topic.partitions().get(0).replicas().size(),
        config.entries().stream()
            .filter(entry -> entry.value() != null)
            .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)));
  }
}
