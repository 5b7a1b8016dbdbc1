package dev.hognose.app.replay;

import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.console.FailureException;
import dev.hognose.wire.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of a window on a cluster, read up to the end that each partition had at the start.
 *
 * <p>It joins no group, commits nothing and reads only what was committed.
 */
final class ClusterRecords {

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration CLOSING = Duration.ofSeconds(1);
  private static final List<String> TOPICS = List.of(Topics.SAMPLES.name(), Topics.EVENTS.name());

  private final Cluster cluster;
  private final Window window;

  ClusterRecords(Cluster cluster, Window window) {
    this.cluster = cluster;
    this.window = window;
  }

  /**
   * All of them, in the order in which they were read.
   *
   * @throws FailureException when the cluster refuses, or no longer keeps the window's beginning
   */
  List<ConsumerRecord<byte[], byte[]>> read() {
    Consumer<byte[], byte[]> consumer = cluster.consumer();
    try {
      List<TopicPartition> partitions = partitions(consumer);
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      refuseForgotten(consumer, partitions);
      Map<TopicPartition, Long> starts = starts(consumer, partitions, ends);
      starts.forEach(consumer::seek);
      return upTo(ends, consumer);
    } catch (KafkaException failed) {
      throw cluster.refused(failed);
    } finally {
      consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSING));
    }
  }

  private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : TOPICS) {
      List<PartitionInfo> found = consumer.partitionsFor(topic);
      if (found == null || found.isEmpty()) {
        throw new FailureException(
            topic + ": not on " + cluster.bootstrapServers() + ", nothing to replay");
      }
      found.forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
    }
    return partitions;
  }

  /** A partition that has lost records tells by its oldest one how far back the cluster knows. */
  private void refuseForgotten(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    Map<TopicPartition, Long> oldest = new HashMap<>();
    consumer.beginningOffsets(partitions).entrySet().stream()
        .filter(beginning -> beginning.getValue() > 0)
        .forEach(beginning -> oldest.put(beginning.getKey(), 0L));
    consumer.offsetsForTimes(oldest).values().stream()
        .filter(Objects::nonNull)
        .map(first -> Instant.ofEpochMilli(first.timestamp()))
        .min(Comparator.naturalOrder())
        .filter(window.from()::isBefore)
        .ifPresent(this::refuse);
  }

  private void refuse(Instant kept) {
    throw new FailureException(
        "--from "
            + window.from()
            + ": expected "
            + kept
            + " or later, "
            + cluster.bootstrapServers()
            + " keeps nothing older");
  }

  /** A partition without a record of that age or younger starts at its end. */
  private Map<TopicPartition, Long> starts(
      Consumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> asked = new HashMap<>();
    partitions.forEach(each -> asked.put(each, window.warmFrom().toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(asked);
    Map<TopicPartition, Long> starts = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp first = found.get(partition);
      long end = Objects.requireNonNull(ends.get(partition));
      starts.put(partition, first == null ? end : Math.min(first.offset(), end));
    }
    return starts;
  }

  private List<ConsumerRecord<byte[], byte[]>> upTo(
      Map<TopicPartition, Long> ends, Consumer<byte[], byte[]> consumer) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < Objects.requireNonNull(ends.get(partition))
            && window.reads(record.timestamp())) {
          records.add(record);
        }
      }
    }
    return records;
  }
}
