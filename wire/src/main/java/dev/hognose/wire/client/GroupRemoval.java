package dev.hognose.wire.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/**
 * Takes an instance's name out of its group, where closing its consumers does not do it.
 *
 * @param kafka the operator's properties of Kafka's clients
 */
public record GroupRemoval(String bootstrapServers, String group, Map<String, String> kafka) {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  public GroupRemoval {
    kafka = Map.copyOf(kafka);
  }

  /**
   * Returns when nobody has the name, also not with the number of a thread behind it.
   *
   * @throws KafkaException when that cannot be done; the group waits until the session has run out
   */
  public void remove(String name) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.keySet().retainAll(AdminClientConfig.configNames());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    try (Admin admin = Admin.create(properties)) {
      List<MemberToRemove> threads = threads(admin, name);
      if (!threads.isEmpty()) {
        RemoveMembersFromConsumerGroupOptions ending =
            new RemoveMembersFromConsumerGroupOptions(threads);
        ending.reason("the instance ends");
        answer(admin.removeMembersFromConsumerGroup(group, ending).all());
      }
    } catch (ExecutionException | TimeoutException failed) {
      throw new KafkaException(name + " is still in the group " + group, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private List<MemberToRemove> threads(Admin admin, String name)
      throws ExecutionException, InterruptedException, TimeoutException {
    Pattern ours = Pattern.compile(Pattern.quote(name) + "(-\\d+)?");
    return answer(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
        .flatMap(described -> described.members().stream())
        .map(MemberDescription::groupInstanceId)
        .flatMap(Optional::stream)
        .filter(ours.asMatchPredicate())
        .map(MemberToRemove::new)
        .toList();
  }

  private static <T> T answer(KafkaFuture<T> asked)
      throws ExecutionException, InterruptedException, TimeoutException {
    return asked.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
  }
}
