package dev.hognose.app.access;

import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.console.Shell;
import dev.hognose.settings.Env;
import dev.hognose.settings.SettingException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.utils.SecurityUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Tells the rights that each program needs of a Kafka cluster, and grants them. */
@Command(
    name = "acls",
    description = {
      "The least rights (ACLs) that agent, streams, collector and tools need of a Kafka cluster.",
      "Prints a script of kafka-acls.sh; with --create grants them.",
      "HOGNOSE_APPLICATION_ID, HOGNOSE_GROUP_ID and HOGNOSE_OTLP_TOPIC are honoured."
    },
    footer = {
      "",
      "Examples:",
      "  hognose acls > acls.sh",
      "  hognose acls --agent 'User:CN=orders,O=shop' > acls.sh",
      "  hognose acls --bootstrap-servers kafka:9092 --create"
    })
public final class AclsCommand implements Callable<Integer> {

  private final Shell shell;

  @Option(
      names = "--agent",
      paramLabel = "PRINCIPAL",
      description = "Of the agents (default: ${DEFAULT-VALUE}).",
      defaultValue = "User:hognose-agent")
  private String agent = "";

  @Option(
      names = "--streams",
      paramLabel = "PRINCIPAL",
      description = "Of the streams (default: ${DEFAULT-VALUE}).",
      defaultValue = "User:hognose-streams")
  private String streams = "";

  @Option(
      names = "--collector",
      paramLabel = "PRINCIPAL",
      description = "Of the collector (default: ${DEFAULT-VALUE}).",
      defaultValue = "User:hognose-collector")
  private String collector = "";

  @Option(
      names = "--tools",
      paramLabel = "PRINCIPAL",
      description = "Of replay, capture, tail, topics (default: ${DEFAULT-VALUE}).",
      defaultValue = "User:hognose-tools")
  private String tools = "";

  @Option(
      names = "--setup",
      paramLabel = "PRINCIPAL",
      description = "Of topics --create (default: ${DEFAULT-VALUE}).",
      defaultValue = "User:hognose-setup")
  private String setup = "";

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "The cluster for --create (default: $HOGNOSE_BOOTSTRAP_SERVERS).")
  private Optional<String> bootstrapServers = Optional.empty();

  @Option(names = "--create", description = "Grant them, as one who may alter the cluster's ACLs.")
  private boolean create;

  public AclsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Env env = shell.env();
    List<Grant> grants =
        Grants.of(
            env.text("APPLICATION_ID", "hognose-streams"),
            env.text("GROUP_ID", "hognose-collector"),
            Optional.of(env.text("OTLP_TOPIC", "")).filter(topic -> !topic.isBlank()));
    Optional<Cluster> cluster = Cluster.from(bootstrapServers, env);
    env.rejectUnread();
    Map<Role, String> principals = principals();
    if (create) {
      grant(cluster, grants, principals);
    } else {
      Script.of(grants, principals).forEach(shell.out()::line);
      shell.out().flush();
    }
    return ExitCode.OK;
  }

  private void grant(Optional<Cluster> named, List<Grant> grants, Map<Role, String> principals) {
    Cluster cluster =
        named.orElseThrow(
            () -> new SettingException("--create: expected --bootstrap-servers, too"));
    List<AclBinding> bindings =
        grants.stream()
            .flatMap(grant -> grant.bindings(principals.getOrDefault(grant.role(), "")).stream())
            .toList();
    try (Admin admin = cluster.admin()) {
      cluster.answer(admin.createAcls(bindings).all());
    }
    shell.out().say(bindings.size() + " rights granted on " + cluster.bootstrapServers());
  }

  private Map<Role, String> principals() {
    return Map.of(
        Role.AGENT, checked("--agent", agent),
        Role.STREAMS, checked("--streams", streams),
        Role.COLLECTOR, checked("--collector", collector),
        Role.TOOLS, checked("--tools", tools),
        Role.SETUP, checked("--setup", setup));
  }

  private static String checked(String option, String principal) {
    if (!isPrincipal(principal)) {
      throw new SettingException(option + " " + principal + ": expected User:NAME");
    }
    if (principal.chars().anyMatch(Character::isISOControl)) {
      throw new SettingException(option + " " + principal + ": expected no control characters");
    }
    return principal;
  }

  private static boolean isPrincipal(String written) {
    try {
      return !SecurityUtils.parseKafkaPrincipal(written).getName().isBlank();
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }
}
