package dev.hognose.app.topics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.freva.asciitable.ColumnData;
import dev.hognose.app.console.Table;
import dev.hognose.wire.Topic;
import dev.hognose.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic for people: what it is for, and how a cluster has it.
 *
 * @param state absent where no cluster has it, or none was asked
 * @param differences of its settings from what it must have
 */
record ExplainedTopic(Topic<?, ?> topic, Optional<TopicState> state, List<String> differences) {

  ExplainedTopic {
    differences = List.copyOf(differences);
  }

  /** As all of them must be. */
  static List<ExplainedTopic> wanted() {
    return Topics.all().stream()
        .map(topic -> new ExplainedTopic(topic, Optional.empty(), List.of()))
        .toList();
  }

  /** As a cluster has them. */
  static List<ExplainedTopic> of(List<TopicState> present) {
    return Topics.all().stream()
        .map(
            topic ->
                new ExplainedTopic(
                    topic, Differences.find(topic, present), Differences.of(topic, present)))
        .toList();
  }

  /** The list without a cluster. */
  static String list(Collection<ExplainedTopic> topics) {
    return Table.of(topics, columns());
  }

  /** The list with what a cluster makes of it. */
  static String check(Collection<ExplainedTopic> topics) {
    var columns = new ArrayList<>(columns());
    columns.add(2, Table.figure("copies", topic -> topic.onCluster(TopicState::replication)));
    columns.add(Table.text("here", ExplainedTopic::here));
    return Table.of(topics, columns);
  }

  private static List<ColumnData<ExplainedTopic>> columns() {
    return List.of(
        Table.text("topic", each -> each.topic.name()),
        Table.figure("partitions", each -> Integer.toString(each.partitions())),
        Table.text("cleanup", each -> each.setting(TopicConfig.CLEANUP_POLICY_CONFIG)),
        Table.text("kept for", ExplainedTopic::keptFor),
        Table.text("written by", each -> each.topic.writtenBy()),
        Table.text("read by", each -> String.join(", ", each.topic.readBy())));
  }

  private int partitions() {
    return state.map(TopicState::partitions).orElse(Topics.DEFAULT_PARTITIONS);
  }

  private String onCluster(ToIntFunction<TopicState> figure) {
    return state.map(there -> Integer.toString(figure.applyAsInt(there))).orElse("");
  }

  private String here() {
    return state.isEmpty() ? "missing" : differences.isEmpty() ? "as it must be" : "differs";
  }

  private String setting(String name) {
    Map<String, String> config = state.map(TopicState::config).orElseGet(topic::config);
    return config.getOrDefault(name, "");
  }

  private String keptFor() {
    if (!setting(TopicConfig.CLEANUP_POLICY_CONFIG).contains("delete")) {
      return "until the key's next record";
    }
    String ms = setting(TopicConfig.RETENTION_MS_CONFIG);
    if (!ms.matches("\\d{1,18}")) {
      return "ever";
    }
    Duration kept = Duration.ofMillis(Long.parseLong(ms));
    return kept.toHours() % 24 == 0 ? kept.toDays() + " days" : kept.toHours() + " hours";
  }

  /** For scripts; what is only known of a cluster is left out without one. */
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("topic", topic.name()).put("partitions", partitions());
    state.ifPresent(there -> json.put("replication", there.replication()));
    json.put("written_by", topic.writtenBy());
    topic.readBy().forEach(json.putArray("read_by")::add);
    ObjectNode config = json.putObject("config");
    topic.config().keySet().forEach(name -> config.put(name, setting(name)));
    return json;
  }

  /** The same with what a cluster makes of it. */
  ObjectNode jsonOfCheck() {
    ObjectNode json = json();
    if (state.isEmpty()) {
      json.remove(List.of("partitions", "config"));
    }
    json.put("present", state.isPresent());
    differences.forEach(json.putArray("differences")::add);
    return json;
  }
}
