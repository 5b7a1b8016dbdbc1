package dev.hognose.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.app.Run;
import dev.hognose.app.broker.SecuredBroker;
import dev.hognose.settings.Env;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;

/**
 * A broker that knows a user for each role. Each may do nothing until that is granted, and then
 * what the script of {@code hognose acls} says.
 */
final class RolesOnBroker implements AutoCloseable {

  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final Map<Role, Map<String, String>> settings = new HashMap<>();
  private final Map<Role, String> principals = new HashMap<>();
  private final SecuredBroker broker;
  private final Path folder;

  private RolesOnBroker(SecuredBroker broker, Path folder) {
    this.broker = broker;
    this.folder = folder;
  }

  static RolesOnBroker start(Path folder) throws Exception {
    SecuredBroker broker = SecuredBroker.start(folder, List.of("tools"));
    RolesOnBroker roles = new RolesOnBroker(broker, folder);
    roles.enter(Role.SETUP, "User:CN=setup", broker.mutualTls("setup"));
    roles.enter(Role.TOOLS, "User:tools", broker.plain("tools"));
    roles.enter(Role.COLLECTOR, "User:CN=collector", broker.mutualTls("collector"));
    roles.enter(
        Role.STREAMS,
        "User:streams",
        broker.scram(ScramMechanism.SCRAM_SHA_512, "streams", "streams-secret"));
    roles.enter(
        Role.AGENT,
        "User:agent",
        broker.scram(ScramMechanism.SCRAM_SHA_256, "agent", "agent-secret"));
    return roles;
  }

  /** As the script says that is printed for them. */
  void grantByTheScript() throws Exception {
    Run printed = acls();
    assertThat(printed.err()).isEmpty();
    PrintedScript.run(printed.out(), broker.administration(), folder).grant();
  }

  private void enter(Role role, String principal, Map<String, String> with) {
    principals.put(role, principal);
    settings.put(role, with);
  }

  SecuredBroker broker() {
    return broker;
  }

  /** {@code hognose acls} for all of them. */
  Run acls(String... more) {
    List<String> words = new ArrayList<>(List.of("acls"));
    words.addAll(List.of(more));
    principals.forEach((role, principal) -> words.addAll(List.of("--" + role.word(), principal)));
    return Run.of(words.toArray(String[]::new));
  }

  /** Runs a command as the role's user, to its end. */
  Run run(Role role, String commandLine) {
    Map<String, String> all = new HashMap<>(settings.getOrDefault(role, Map.of()));
    if (role == Role.STREAMS) {
      all.put("HOGNOSE_HTTP_PORT", "0");
      all.put("HOGNOSE_STATE_DIR", folder.resolve("state").toString());
    }
    return Run.of(all, commandLine.split(" ", -1));
  }

  /** Settings of the role's user, and others without their {@code HOGNOSE_}. */
  Env env(Role role, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(settings.getOrDefault(role, Map.of()));
    more.forEach((key, value) -> all.put("HOGNOSE_" + key, value));
    return new Env(all);
  }

  /** What is granted to anybody by now. */
  Set<AclBinding> granted() throws Exception {
    try (Admin admin = broker.admin()) {
      return granted(admin);
    }
  }

  /** Does it while the right is taken away. */
  void without(Grant grant, Deed what) throws Exception {
    List<AclBinding> bindings = bindings(grant);
    try (Admin admin = broker.admin()) {
      admin.deleteAcls(bindings.stream().map(AclBinding::toFilter).toList()).all().get();
      await("the right taken away", () -> granted(admin).stream().noneMatch(bindings::contains));
    }
    try {
      what.isDone();
    } finally {
      grant(grant);
    }
  }

  void grant(Grant grant) throws Exception {
    try (Admin admin = broker.admin()) {
      admin.createAcls(bindings(grant)).all().get();
      await("the right given", () -> granted(admin).containsAll(bindings(grant)));
    }
  }

  private static Set<AclBinding> granted(Admin admin) throws Exception {
    return Set.copyOf(admin.describeAcls(AclBindingFilter.ANY).values().get());
  }

  private List<AclBinding> bindings(Grant grant) {
    return grant.bindings(principals.getOrDefault(grant.role(), ""));
  }

  static void await(String what, Callable<Boolean> condition) throws Exception {
    Instant deadline = Instant.now().plus(DEADLINE);
    while (!condition.call()) {
      assertThat(Instant.now()).as(what + " within " + DEADLINE).isBefore(deadline);
      Thread.sleep(LOOK_AGAIN.toMillis());
    }
  }

  @Override
  public void close() {
    broker.close();
  }

  /** What is done while a right is away. */
  interface Deed {
    void isDone() throws Exception;
  }
}
