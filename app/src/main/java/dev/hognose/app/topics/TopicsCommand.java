package dev.hognose.app.topics;

import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.console.Shell;
import dev.hognose.app.console.Table;
import dev.hognose.settings.Env;
import dev.hognose.settings.SettingException;
import dev.hognose.wire.Topic;
import dev.hognose.wire.Topics;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.config.TopicConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Lists the topics, and creates and checks them on a cluster. */
@Command(
    name = "topics",
    description = {
      "The topics of Hognose: what each must be like, and whether a cluster has them so.",
      "What differs is told in a sentence each, with exit code 1."
    },
    footer = {
      "",
      "Examples:",
      "  hognose topics                                                  the list",
      "  hognose topics --bootstrap-servers kafka:9092                   the check",
      "  hognose topics --bootstrap-servers kafka:9092 --create          the missing ones are created",
      "  HOGNOSE_KAFKA_SECURITY_PROTOCOL=SSL hognose topics --bootstrap-servers kafka:9093"
    })
public final class TopicsCommand implements Callable<Integer> {

  private final Shell shell;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "The cluster (default: $HOGNOSE_BOOTSTRAP_SERVERS; without: only the list).")
  private Optional<String> bootstrapServers = Optional.empty();

  @Option(names = "--create", description = "Create the topics that are missing.")
  private boolean create;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Of topics that are created (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + Topics.DEFAULT_PARTITIONS)
  private int partitions;

  @Option(
      names = "--replication",
      paramLabel = "N",
      description = "Of topics that are created (default: the cluster's).")
  private Optional<Short> replication = Optional.empty();

  public TopicsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Env env = shell.env();
    Optional<Cluster> cluster = Cluster.from(bootstrapServers, env);
    env.rejectUnread();
    if (cluster.isPresent()) {
      return check(cluster.get());
    }
    if (create) {
      throw new SettingException("--create: expected --bootstrap-servers, too");
    }
    shell.out().say(list());
    return ExitCode.OK;
  }

  private int check(Cluster cluster) {
    atLeastOne("--partitions", partitions);
    replication.ifPresent(copies -> atLeastOne("--replication", copies));
    try (ClusterTopics topics = new ClusterTopics(cluster)) {
      if (create) {
        topics
            .createMissing(partitions, replication)
            .forEach(name -> shell.out().say(name + ": created"));
      }
      List<TopicState> present = topics.present();
      List<String> differences = Differences.of(present);
      differences.forEach(shell.err()::say);
      if (!differences.isEmpty()) {
        return ExitCode.SOFTWARE;
      }
      present.forEach(topic -> shell.out().line(told(topic)));
      shell.out().flush();
      return ExitCode.OK;
    }
  }

  private static void atLeastOne(String option, int given) {
    if (given < 1) {
      throw new SettingException(option + " " + given + ": expected 1 or more");
    }
  }

  private static String told(TopicState topic) {
    return topic.name()
        + ": as it must be, "
        + topic.partitions()
        + " partitions, "
        + topic.replication()
        + (topic.replication() == 1 ? " copy" : " copies");
  }

  private static String list() {
    return Table.of(
        Topics.all(),
        List.of(
            Table.text("topic", Topic::name),
            Table.figure("partitions", topic -> Integer.toString(Topics.DEFAULT_PARTITIONS)),
            Table.text("cleanup", topic -> setting(topic, TopicConfig.CLEANUP_POLICY_CONFIG)),
            Table.text("kept for", TopicsCommand::keptFor),
            Table.text("written by", Topic::writtenBy)));
  }

  private static String setting(Topic<?, ?> topic, String name) {
    return topic.config().getOrDefault(name, "");
  }

  private static String keptFor(Topic<?, ?> topic) {
    return topic
        .retention()
        .map(kept -> kept.toDays() + " days")
        .orElse("until the key's next record");
  }
}
