package dev.hognose.collector;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaException;

/**
 * Takes a collector's name out of its group.
 *
 * <p>A consumer with a name leaves only when it is closed; a collector that goes still has to ask
 * by it from when on others show what was its own.
 */
record GroupRemoval(CollectorSettings settings) {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  /**
   * Returns when the name is gone.
   *
   * @throws KafkaException when it is not; the group waits until its session has run out
   */
  void remove(String name) {
    Map<String, Object> properties = new HashMap<>(settings.kafka());
    properties.keySet().retainAll(AdminClientConfig.configNames());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    RemoveMembersFromConsumerGroupOptions stopping =
        new RemoveMembersFromConsumerGroupOptions(Set.of(new MemberToRemove(name)));
    stopping.reason("the collector stops");
    try (Admin admin = Admin.create(properties)) {
      admin
          .removeMembersFromConsumerGroup(settings.groupId(), stopping)
          .all()
          .get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException failed) {
      throw new KafkaException(name + " is still in the group " + settings.groupId(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
