package dev.hognose.app.access;

import java.util.List;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A right that a role needs, and what fails without it.
 *
 * @param pattern whether the name is the whole name or the beginning of it
 */
record Grant(
    Role role,
    ResourceType type,
    PatternType pattern,
    String name,
    List<AclOperation> operations,
    String reason) {

  Grant {
    operations = List.copyOf(operations);
  }

  static Grant topic(Role role, String name, String reason, AclOperation... operations) {
    return new Grant(
        role, ResourceType.TOPIC, PatternType.LITERAL, name, List.of(operations), reason);
  }

  static Grant group(Role role, String name, String reason) {
    return new Grant(
        role, ResourceType.GROUP, PatternType.LITERAL, name, List.of(AclOperation.READ), reason);
  }

  /** As Kafka's administrator takes them, one an operation. */
  List<AclBinding> bindings(String principal) {
    ResourcePattern resource = new ResourcePattern(type, name, pattern);
    return operations.stream()
        .map(
            operation -> new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW))
        .map(entry -> new AclBinding(resource, entry))
        .toList();
  }
}
