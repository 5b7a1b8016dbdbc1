package dev.hognose.app.replay;

import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.console.FailureException;
import dev.hognose.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** What a cluster holds in {@code hognose.alerts} of a window. */
final class HeldAlerts {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSING = Duration.ofSeconds(1);

  private final Cluster cluster;
  private final Window window;

  HeldAlerts(Cluster cluster, Window window) {
    this.cluster = cluster;
    this.window = window;
  }

  /**
   * All of them; of one alert in the order in which they were told.
   *
   * @throws FailureException when the cluster refuses or has gone
   */
  List<Telling> read() {
    Consumer<byte[], byte[]> consumer = cluster.consumer();
    try {
      return read(consumer);
    } catch (KafkaException failed) {
      throw cluster.refused(failed);
    } finally {
      consumer.close(CloseOptions.timeout(CLOSING));
    }
  }

  private List<Telling> read(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = partitions(consumer);
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> asked = new HashMap<>();
    partitions.forEach(each -> asked.put(each, Math.max(0, window.from().toEpochMilli())));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(asked);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp first = found.get(partition);
      long end = Objects.requireNonNull(ends.get(partition));
      consumer.seek(partition, first == null ? end : first.offset());
    }
    List<Telling> tellings = new ArrayList<>();
    Duration waited = Duration.ZERO;
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      var records = consumer.poll(POLL);
      waited = records.isEmpty() ? waited.plus(POLL) : Duration.ZERO;
      if (waited.compareTo(Cluster.PATIENCE) >= 0) {
        throw cluster.silent();
      }
      for (ConsumerRecord<byte[], byte[]> record : records) {
        Telling telling = Telling.of(record);
        if (window.tells(telling.at())) {
          tellings.add(telling);
        }
      }
    }
    return tellings;
  }

  private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
    List<PartitionInfo> found = consumer.partitionsFor(Topics.ALERTS.name());
    if (found == null || found.isEmpty()) {
      throw new FailureException(
          Topics.ALERTS.name()
              + ": not on "
              + cluster.bootstrapServers()
              + ", nothing to verify against");
    }
    return found.stream().map(each -> new TopicPartition(each.topic(), each.partition())).toList();
  }
}
