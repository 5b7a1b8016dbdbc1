package dev.hognose.app.access;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import dev.hognose.wire.Topic;
import dev.hognose.wire.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** The least that each role needs; without any one of them something of it fails. */
final class Grants {

  private Grants() {}

  /**
   * All of them, role by role.
   *
   * @param applicationId of the streams: their group, and the beginning of what they create
   * @param groupId of the collector
   * @param otlpTopic to which the collector writes, if it does
   */
  static List<Grant> of(String applicationId, String groupId, Optional<String> otlpTopic) {
    Stream<Grant> otlp =
        otlpTopic.stream()
            .map(topic -> Grant.topic(Role.COLLECTOR, topic, "metrics as OTLP", WRITE));
    List<Grant> collector = Stream.concat(collector(groupId).stream(), otlp).toList();
    return Stream.of(agent(), streams(applicationId), collector, tools(), setup())
        .flatMap(List::stream)
        .toList();
  }

  /** A right to write includes that to look, and idempotence needs no other since Kafka 2.8. */
  private static List<Grant> agent() {
    return Stream.of(Topics.SAMPLES, Topics.EVENTS)
        .map(topic -> Grant.topic(Role.AGENT, topic.name(), "what a process tells", WRITE))
        .toList();
  }

  private static List<Grant> streams(String applicationId) {
    List<Grant> grants = new ArrayList<>();
    for (Topic<?, ?> topic : List.of(Topics.SAMPLES, Topics.EVENTS)) {
      grants.add(Grant.topic(Role.STREAMS, topic.name(), "what is judged", READ));
    }
    List<Topic<?, ?>> told =
        List.of(
            Topics.TRENDS, Topics.SERVICES, Topics.PROFILES, Topics.ALERTS, Topics.DEAD_LETTERS);
    for (Topic<?, ?> topic : told) {
      grants.add(Grant.topic(Role.STREAMS, topic.name(), "what is told", WRITE));
    }
    grants.add(Grant.group(Role.STREAMS, applicationId, "instances share the partitions"));
    grants.add(
        new Grant(
            Role.STREAMS,
            ResourceType.TOPIC,
            PatternType.PREFIXED,
            applicationId + "-",
            List.of(CREATE, DELETE, READ, WRITE),
            "changelogs and repartition topics, whose records are deleted when they were read"));
    grants.add(
        new Grant(
            Role.STREAMS,
            ResourceType.TRANSACTIONAL_ID,
            PatternType.PREFIXED,
            applicationId + "-",
            List.of(WRITE),
            "each result exactly once"));
    return grants;
  }

  private static List<Grant> collector(String groupId) {
    List<Grant> grants = new ArrayList<>();
    for (Topic<?, ?> topic : Topics.all()) {
      if (!topic.equals(Topics.DEAD_LETTERS)) {
        grants.add(Grant.topic(Role.COLLECTOR, topic.name(), "what is shown", READ));
      }
    }
    grants.add(Grant.group(Role.COLLECTOR, groupId, "collectors share the partitions"));
    return grants;
  }

  private static List<Grant> tools() {
    return Topics.all().stream()
        .map(
            topic ->
                Grant.topic(
                    Role.TOOLS,
                    topic.name(),
                    "to read them, and to hold their settings against ours",
                    READ,
                    DESCRIBE_CONFIGS))
        .toList();
  }

  private static List<Grant> setup() {
    return Topics.all().stream()
        .map(
            topic ->
                Grant.topic(
                    Role.SETUP,
                    topic.name(),
                    "to create them and see that they are right",
                    CREATE,
                    DESCRIBE,
                    DESCRIBE_CONFIGS))
        .toList();
  }
}
