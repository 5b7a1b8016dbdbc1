package dev.hognose.streams;

import dev.hognose.wire.Topic;
import dev.hognose.wire.Topics;
import dev.hognose.wire.client.AccessRefusal;
import dev.hognose.wire.client.ClientRefusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks at the cluster before the streams start, so that what is wrong is said in one sentence. */
final class TopicCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final StreamsSettings settings;

  TopicCheck(StreamsSettings settings) {
    this.settings = settings;
  }

  /**
   * Returns when all topics are as the topologies need them.
   *
   * @return partitions of the topic of samples
   * @throws StartException when no broker answers, or the topics are not
   */
  int run() {
    Map<String, Object> config = new TreeMap<>(settings.kafka());
    config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 2);
    config.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    try (Admin admin = Admin.create(config)) {
      Map<String, Integer> partitions = partitions(admin);
      check(partitions);
      return partitions.getOrDefault(Topics.SAMPLES.name(), 0);
    } catch (KafkaException refused) {
      throw new StartException(settings.bootstrapServers() + ": " + whole(refused), refused);
    }
  }

  private Map<String, Integer> partitions(Admin admin) {
    List<String> names = Topics.all().stream().map(Topic::name).toList();
    Map<String, Integer> partitions = new TreeMap<>();
    admin
        .describeTopics(names)
        .topicNameValues()
        .forEach((name, description) -> describe(name, description, partitions));
    return partitions;
  }

  private void describe(
      String name, KafkaFuture<TopicDescription> described, Map<String, Integer> partitions) {
    try {
      partitions.put(name, described.get().partitions().size());
    } catch (ExecutionException failed) {
      if (!(failed.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw refusal(name, failed);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted while looking at the topics", stopped);
    }
  }

  private StartException refusal(String name, ExecutionException failed) {
    String sentence =
        failed.getCause() instanceof TimeoutException
            ? "no Kafka broker answers at "
                + settings.bootstrapServers()
                + " within "
                + PATIENCE.toSeconds()
                + " s: expected one at HOGNOSE_BOOTSTRAP_SERVERS"
            : settings.bootstrapServers() + ", topic " + name + ": " + whole(failed);
    return new StartException(sentence, failed);
  }

  /**
   * Compares what is with what must be.
   *
   * @param partitions of the topics that exist
   */
  void check(Map<String, Integer> partitions) {
    List<String> missing =
        Topics.all().stream()
            .<String>map(Topic::name)
            .filter(name -> !partitions.containsKey(name))
            .toList();
    if (!missing.isEmpty()) {
      throw new StartException(
          "no topic "
              + String.join(", ", missing)
              + " at "
              + settings.bootstrapServers()
              + ": expected all of them, create them with: hognose topics --create"
              + " --bootstrap-servers "
              + settings.bootstrapServers());
    }
    checkEqual(
        partitions.getOrDefault(Topics.SAMPLES.name(), 0),
        partitions.getOrDefault(Topics.EVENTS.name(), 0));
  }

  private static void checkEqual(int ofSamples, int ofEvents) {
    if (ofSamples != ofEvents) {
      throw new StartException(
          Topics.EVENTS.name()
              + " has "
              + ofEvents
              + " partitions: expected "
              + ofSamples
              + " as "
              + Topics.SAMPLES.name()
              + " has, so that one task sees all of a process");
    }
  }

  private static String whole(Throwable refused) {
    return AccessRefusal.sentence(refused).orElseGet(() -> ClientRefusal.reason(refused));
  }
}
