package dev.hognose.collector.intake;

import dev.hognose.wire.Topics;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.PartitionInfo;

/** Whether the topics are there, and split so that all about a process comes to one collector. */
final class TopicCheck {

  static final List<String> TOPICS =
      List.of(
          Topics.SAMPLES.name(),
          Topics.EVENTS.name(),
          Topics.TRENDS.name(),
          Topics.SERVICES.name(),
          Topics.ALERTS.name());

  private static final List<String> KEYED_BY_PROCESS = TOPICS.subList(0, 3);

  private TopicCheck() {}

  static List<String> missing(Map<String, List<PartitionInfo>> there) {
    return TOPICS.stream().filter(topic -> !there.containsKey(topic)).toList();
  }

  /** That some are not there; empty when none is missing. */
  static Optional<String> complaint(List<String> missing) {
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("topics " + missing + " do not exist yet");
  }

  /** What is wrong with the topics that there are; empty when they can be read. */
  static Optional<String> complaint(Map<String, List<PartitionInfo>> there) {
    Optional<String> absence = complaint(missing(there));
    if (absence.isPresent()) {
      return absence;
    }
    Map<String, Integer> partitions = new TreeMap<>();
    KEYED_BY_PROCESS.forEach(
        topic -> partitions.put(topic, there.getOrDefault(topic, List.of()).size()));
    return new HashSet<>(partitions.values()).size() == 1
        ? Optional.empty()
        : Optional.of("partitions " + partitions + ": expected the same number in each");
  }
}
