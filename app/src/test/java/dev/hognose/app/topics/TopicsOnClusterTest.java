package dev.hognose.app.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.app.Run;
import dev.hognose.app.broker.EmbeddedBroker;
import dev.hognose.wire.Topic;
import dev.hognose.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsOnClusterTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

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
      assertThat(missing.out()).containsPattern("hognose.events .* agent +streams, .* missing");
      assertThat(missing.exitCode()).isEqualTo(1);

      Run created = create(cluster, "--partitions", "3");
      assertThat(created.err().lines())
          .containsExactlyElementsOf(
              Topics.all().stream().map(topic -> topic.name() + ": created").toList());
      assertThat(created.out())
          .containsPattern(
              "hognose.samples +3 +1 +delete +7 days +agent +streams, collector +as it must be");
      assertThat(created.exitCode()).isZero();

      assertThat(create(cluster).err()).isEmpty();
      // The cluster is named by the environment here.
      Run whole = Run.of(Map.of("HOGNOSE_BOOTSTRAP_SERVERS", cluster), "topics");
      assertThat(whole.out().lines()).hasSize(Topics.all().size() + 1);
      assertThat(whole.exitCode()).isZero();
      Run quiet = Run.of("topics", "--check", "--bootstrap-servers", cluster);
      assertThat(quiet).isEqualTo(new Run(0, "", ""));

      enlarge(cluster, Topics.EVENTS, 5);
      Run uneven = once(run -> run.exitCode() == 1, "topics", "--bootstrap-servers", cluster);
      assertThat(uneven.err())
          .isEqualTo(
              "partitions: hognose.events=5, hognose.samples=3, hognose.trends=3:"
                  + " expected the same number\n");
      assertThat(uneven.exitCode()).isEqualTo(1);

      shorten(cluster, Topics.ALERTS);
      Run shorter =
          once(
              run -> run.out().contains("7200000"),
              "topics",
              "--json",
              "--bootstrap-servers",
              cluster);
      assertThat(shorter.out().lines().toList().get(5))
          .isEqualTo(
              "{\"topic\":\"hognose.alerts\",\"partitions\":3,\"replication\":1,"
                  + "\"written_by\":\"streams\",\"read_by\":[\"collector\"],\"config\":"
                  + "{\"cleanup.policy\":\"compact,delete\","
                  + "\"max.message.bytes\":\"4194304\","
                  + "\"message.timestamp.after.max.ms\":\"9223372036854775807\","
                  + "\"min.cleanable.dirty.ratio\":\"0.1\",\"retention.ms\":\"7200000\"},"
                  + "\"present\":true,\"differences\":"
                  + "[\"hognose.alerts: retention.ms=7200000: expected 2592000000\"]}");
      assertThat(Run.of("topics", "--bootstrap-servers", cluster).out())
          .containsPattern("hognose.alerts +3 +1 +compact,delete +2 hours .* differs");
      assertThat(shorter.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void withoutAClusterItIsTheListThatIsWanted() {
    Run run = Run.of("topics");

    assertThat(run.out())
        .containsPattern("hognose.trends +12 +compact +until the key's next record +streams");
    assertThat(Run.of("topics", "--json").out().lines()).hasSize(Topics.all().size());
    assertThat(Run.of("topics", "--check").err())
        .isEqualTo("hognose topics: --check: expected --bootstrap-servers, too\n");
  }

  private static void shorten(String cluster, Topic<?, ?> topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    AlterConfigOp shorter =
        new AlterConfigOp(
            new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, "7200000"), AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster))) {
      admin.incrementalAlterConfigs(Map.of(resource, List.of(shorter))).all().get();
    }
  }

  /** A broker tells of a change a moment after its controller has made it. */
  private static Run once(Predicate<Run> isSeen, String... arguments) {
    Instant deadline = Instant.now().plus(PATIENCE);
    Run run = Run.of(arguments);
    while (!isSeen.test(run) && Instant.now().isBefore(deadline)) {
      run = Run.of(arguments);
    }
    return run;
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
