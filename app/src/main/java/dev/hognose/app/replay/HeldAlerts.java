package dev.hognose.app.replay;

import dev.hognose.app.cluster.Cluster;
import dev.hognose.wire.Topics;
import dev.hognose.wire.capture.OffsetRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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

  /** The records, and which offsets were looked through for them. */
  record Held(List<ConsumerRecord<byte[], byte[]>> records, List<OffsetRange> ranges) {

    static final Held NOTHING = new Held(List.of(), List.of());

    Held {
      records = List.copyOf(records);
      ranges = List.copyOf(ranges);
    }

    /** Of one alert in the order in which they were told. */
    List<Telling> tellings() {
      return records.stream().map(Telling::of).toList();
    }
  }

  /**
   * All of them; nothing, without a range, when the cluster has no such topic.
   *
   * @throws dev.hognose.app.console.FailureException when the cluster refuses or has gone
   */
  Held read() {
    Consumer<byte[], byte[]> consumer = cluster.consumer();
    try {
      return read(consumer);
    } catch (KafkaException failed) {
      throw cluster.refused(failed);
    } finally {
      consumer.close(CloseOptions.timeout(CLOSING));
    }
  }

  private Held read(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = partitions(consumer);
    if (partitions.isEmpty()) {
      return Held.NOTHING;
    }
    consumer.assign(partitions);
    List<OffsetRange> ranges = ranges(consumer, partitions);
    ranges.forEach(
        each -> consumer.seek(new TopicPartition(each.topic(), each.partition()), each.from()));
    List<ConsumerRecord<byte[], byte[]>> held = new ArrayList<>();
    Duration waited = Duration.ZERO;
    while (ranges.stream().anyMatch(each -> position(consumer, each) < each.to())) {
      var records = consumer.poll(POLL);
      waited = records.isEmpty() ? waited.plus(POLL) : Duration.ZERO;
      if (waited.compareTo(Cluster.PATIENCE) >= 0) {
        throw cluster.silent();
      }
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (window.tells(Instant.ofEpochMilli(record.timestamp()))) {
          held.add(record);
        }
      }
    }
    return new Held(held, ranges);
  }

  private static long position(Consumer<byte[], byte[]> consumer, OffsetRange range) {
    return consumer.position(new TopicPartition(range.topic(), range.partition()));
  }

  private List<OffsetRange> ranges(
      Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> asked = new HashMap<>();
    partitions.forEach(each -> asked.put(each, Math.max(0, window.from().toEpochMilli())));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(asked);
    return partitions.stream()
        .map(
            each -> {
              OffsetAndTimestamp first = found.get(each);
              long end = Objects.requireNonNull(ends.get(each));
              long from = first == null ? end : Math.min(first.offset(), end);
              return new OffsetRange(each.topic(), each.partition(), from, end);
            })
        .toList();
  }

  private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
    List<PartitionInfo> found = consumer.partitionsFor(Topics.ALERTS.name());
    return found == null
        ? List.of()
        : found.stream()
            .map(each -> new TopicPartition(each.topic(), each.partition()))
            .sorted(Comparator.comparingInt(TopicPartition::partition))
            .toList();
  }
}
