package dev.hognose.app.topics;

import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.console.Shell;
import dev.hognose.settings.Env;
import dev.hognose.settings.SettingException;
import dev.hognose.wire.Topics;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Lists the topics, and creates and checks them on a cluster. */
@Command(
    name = "topics",
    description = {
      "The topics of Hognose: what each is for and must be like, and how a cluster has them.",
      "What differs is marked and told in a sentence each, with exit code 1."
    },
    footer = {
      "",
      "Examples:",
      "  hognose topics                                                  the list",
      "  hognose topics --bootstrap-servers kafka:9092                   as the cluster has them",
      "  hognose topics --bootstrap-servers kafka:9092 --check           only what differs",
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
      names = "--check",
      description = "Tell only what differs: exit code 0 when nothing does, else 1.")
  private boolean check;

  @Option(names = "--json", description = "A topic a line, with what differs.")
  private boolean json;

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
      return onCluster(cluster.get());
    }
    if (create || check) {
      String option = create ? "--create" : "--check";
      throw new SettingException(option + ": expected --bootstrap-servers, too");
    }
    List<ExplainedTopic> wanted = ExplainedTopic.wanted();
    if (json) {
      wanted.forEach(each -> shell.out().line(each.json().toString()));
    } else {
      shell.out().line(ExplainedTopic.list(wanted));
    }
    shell.out().flush();
    return ExitCode.OK;
  }

  private int onCluster(Cluster cluster) {
    atLeastOne("--partitions", partitions);
    replication.ifPresent(copies -> atLeastOne("--replication", copies));
    try (ClusterTopics topics = new ClusterTopics(cluster)) {
      if (create) {
        topics
            .createMissing(partitions, replication)
            .forEach(name -> shell.err().say(name + ": created"));
      }
      List<TopicState> present = topics.present();
      List<String> differences = Differences.of(present);
      explain(ExplainedTopic.of(present));
      shell.out().flush();
      differences.forEach(shell.err()::say);
      return differences.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private void explain(List<ExplainedTopic> topics) {
    if (json) {
      topics.forEach(each -> shell.out().line(each.jsonOfCheck().toString()));
    } else if (!check) {
      shell.out().line(ExplainedTopic.check(topics));
    }
  }

  private static void atLeastOne(String option, int given) {
    if (given < 1) {
      throw new SettingException(option + " " + given + ": expected 1 or more");
    }
  }
}
