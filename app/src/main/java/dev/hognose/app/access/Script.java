package dev.hognose.app.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.utils.SecurityUtils;

/** The rights as a shell script of Kafka's own tool, for those who let no other near their ACLs. */
final class Script {

  private static final String HEAD =
      """
      #!/bin/sh
      # The least that each program of Hognose needs of a Kafka cluster; `hognose acls` prints this.
      # Usage: BOOTSTRAP_SERVERS=kafka:9092 COMMAND_CONFIG=admin.properties ./acls.sh
      set -eu
      : "${KAFKA_ACLS:=kafka-acls.sh}" "${BOOTSTRAP_SERVERS:=localhost:9092}" "${COMMAND_CONFIG:=/dev/null}"

      allow() {
        "$KAFKA_ACLS" --bootstrap-server "$BOOTSTRAP_SERVERS" --command-config "$COMMAND_CONFIG" --add --allow-principal "$@"
      }
      """;

  private Script() {}

  static List<String> of(List<Grant> grants, Map<Role, String> principals) {
    List<String> lines = new ArrayList<>(HEAD.lines().toList());
    Optional<Role> role = Optional.empty();
    for (Grant grant : grants) {
      if (!role.equals(Optional.of(grant.role()))) {
        role = Optional.of(grant.role());
        lines.add("");
        lines.add("# " + grant.role().word());
      }
      lines.add(line(grant, principals.getOrDefault(grant.role(), "")));
    }
    return lines;
  }

  private static String line(Grant grant, String principal) {
    StringBuilder line = new StringBuilder("allow " + quoted(principal));
    grant.operations().forEach(operation -> line.append(" --operation ").append(name(operation)));
    line.append(' ').append(option(grant)).append(' ').append(quoted(grant.name()));
    if (grant.pattern() == PatternType.PREFIXED) {
      line.append(" --resource-pattern-type prefixed");
    }
    return line.append("  # ").append(grant.reason()).toString();
  }

  private static String option(Grant grant) {
    return switch (grant.type()) {
      case TOPIC -> "--topic";
      case GROUP -> "--group";
      case TRANSACTIONAL_ID -> "--transactional-id";
      default -> throw new IllegalArgumentException(grant.type() + ": none of our rights has it");
    };
  }

  private static String name(AclOperation operation) {
    return SecurityUtils.operationName(operation);
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
