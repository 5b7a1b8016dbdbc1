package dev.hognose.streams;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** What a process showed goes to the task of its service; how far a task has read, to all. */
final class TaskReportRouting implements StreamPartitioner<String, TaskReport> {

  /** Absent means by key, as Kafka does without us. */
  @Override
  public Optional<Set<Integer>> partitions(
      String topic, String service, TaskReport report, int count) {
    return report instanceof TaskReport.Showed
        ? Optional.empty()
        : Optional.of(IntStream.range(0, count).boxed().collect(Collectors.toSet()));
  }
}
