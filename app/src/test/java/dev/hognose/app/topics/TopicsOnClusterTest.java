package dev.hognose.app.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.app.Run;
import dev.hognose.app.broker.EmbeddedBroker;
import dev.hognose.wire.Topic;
import dev.hognose.wire.Topics;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsOnClusterTest {

  /** One broker and one story: each step looks at what the one before has left. */
  @Test
  void missingTopicsAreToldCreatedAndHeldToTheirNumberOfPartitions(@TempDir Path folder)
      throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
      String cluster = broker.bootstrapServers();

      Run missing = Run.of("topics", "--bootstrap-servers", cluster);
      assertThat(missing.err().lines())
          .containsExactlyElementsOf(
              Topics.all().stream().map(topic -> topic.name() + ": not on the cluster").toList());
      assertThat(missing.exitCode()).isEqualTo(1);

      Run created = create(cluster, "--partitions", "3");
      assertThat(created.err()).isEmpty();
      assertThat(created.out().lines())
          .containsAll(Topics.all().stream().map(topic -> topic.name() + ": created").toList())
          .containsAll(
              Topics.all().stream()
                  .map(topic -> topic.name() + ": as it must be, 3 partitions, 1 copy")
                  .toList());
      assertThat(created.exitCode()).isZero();

      assertThat(create(cluster).out()).doesNotContain("created");
      // The cluster is named by the environment here.
      Run whole = Run.of(Map.of("HOGNOSE_BOOTSTRAP_SERVERS", cluster), "topics");
      assertThat(whole.out().lines()).hasSize(Topics.all().size());
      assertThat(whole.exitCode()).isZero();

      enlarge(cluster, Topics.EVENTS, 5);
      Run uneven = Run.of("topics", "--bootstrap-servers", cluster);
      assertThat(uneven.err())
          .isEqualTo(
              "partitions: hognose.events=5, hognose.samples=3, hognose.trends=3:"
                  + " expected the same number\n");
      assertThat(uneven.exitCode()).isEqualTo(1);
    }
  }

  private static Run create(String cluster, String... more) {
    String[] arguments = {"topics", "--create", "--bootstrap-servers", cluster};
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return Run.of(all);
  }

  private static void enlarge(String cluster, Topic<?, ?> topic, int partitions) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster))) {
      admin
          .createPartitions(Map.of(topic.name(), NewPartitions.increaseTo(partitions)))
          .all()
          .get();
    }
  }
}
