package dev.hognose.app.replay;

import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.console.FailureException;
import dev.hognose.wire.Topics;
import dev.hognose.wire.capture.OffsetRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Finds which offsets of a cluster hold a window. */
final class OffsetRanges {

  private static final List<String> TOPICS = List.of(Topics.EVENTS.name(), Topics.SAMPLES.name());

  private final Cluster cluster;
  private final Consumer<byte[], byte[]> consumer;

  OffsetRanges(Cluster cluster, Consumer<byte[], byte[]> consumer) {
    this.cluster = cluster;
    this.consumer = consumer;
  }

  /**
   * A window with as much of its warm-up as the cluster still has.
   *
   * @throws FailureException when it has no such topics, or has forgotten the window's beginning
   */
  Window kept(Window window) {
    Optional<Instant> oldest = oldestSample();
    oldest.filter(window.from()::isBefore).ifPresent(kept -> refuse(window, kept));
    return oldest.map(window::keptSince).orElse(window);
  }

  /**
   * Those of every partition, by topic and partition; they hold other records, too.
   *
   * @throws FailureException when the cluster has no such topics
   */
  List<OffsetRange> of(Window window) {
    List<TopicPartition> partitions = new ArrayList<>();
    TOPICS.forEach(topic -> partitions.addAll(partitions(topic)));
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, OffsetAndTimestamp> first = at(partitions, window.readFrom());
    Map<TopicPartition, OffsetAndTimestamp> after = at(partitions, window.lastArrival());
    return partitions.stream()
        .map(
            each -> {
              long end = before(after.get(each), Objects.requireNonNull(ends.get(each)));
              return new OffsetRange(
                  each.topic(), each.partition(), before(first.get(each), end), end);
            })
        .toList();
  }

  private List<TopicPartition> partitions(String topic) {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found == null || found.isEmpty()) {
      throw new FailureException(
          topic + ": not on " + cluster.bootstrapServers() + ", nothing to replay");
    }
    return found.stream()
        .map(each -> new TopicPartition(topic, each.partition()))
        .sorted(Comparator.comparingInt(TopicPartition::partition))
        .toList();
  }

  private Map<TopicPartition, OffsetAndTimestamp> at(List<TopicPartition> partitions, Instant at) {
    Map<TopicPartition, Long> asked = new HashMap<>();
    partitions.forEach(each -> asked.put(each, Math.max(0, at.toEpochMilli())));
    return consumer.offsetsForTimes(asked);
  }

  /** A partition without a record of that age or younger is read to its end. */
  private static long before(
      @org.jspecify.annotations.Nullable OffsetAndTimestamp found, long end) {
    return found == null ? end : Math.min(found.offset(), end);
  }

  /**
   * How far back the cluster knows: partitions that have lost records tell it by their oldest one.
   *
   * <p>Samples alone, for they come all the time. Events are few: a partition of theirs may have
   * lost nothing of a week and begin yesterday, or have some of a fortnight ago.
   *
   * @return empty when nothing was lost
   */
  private Optional<Instant> oldestSample() {
    List<TopicPartition> cut =
        consumer.beginningOffsets(partitions(Topics.SAMPLES.name())).entrySet().stream()
            .filter(beginning -> beginning.getValue() > 0)
            .map(Map.Entry::getKey)
            .toList();
    return at(cut, Instant.EPOCH).values().stream()
        .filter(Objects::nonNull)
        .map(first -> Instant.ofEpochMilli(first.timestamp()))
        .min(Comparator.naturalOrder());
  }

  private void refuse(Window window, Instant kept) {
    throw new FailureException(
        "--from "
            + window.from()
            + ": expected "
            + kept
            + " or later, "
            + cluster.bootstrapServers()
            + " keeps nothing older");
  }
}
