package dev.hognose.app.replay;

import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.console.FailureException;
import dev.hognose.wire.Topics;
import dev.hognose.wire.capture.OffsetRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of a window on a cluster, merged from its partitions while they are read: of each no
 * more waits than {@value #FULL} records and what one answer of the broker brings.
 *
 * <p>It joins no group, commits nothing and reads only what was committed.
 */
final class ClusterRecords implements PastRecords {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSING = Duration.ofSeconds(1);
  private static final int FULL = 2_000;
  private static final Comparator<Lane> ORDER =
      Comparator.comparingLong(Lane::dueMs)
          .thenComparing(lane -> lane.partition().topic())
          .thenComparingInt(lane -> lane.partition().partition());

  private final Cluster cluster;
  private final Window window;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Lane> lanes = new HashMap<>();

  /** Lanes that know which record is next; the others are in {@link #reading} until they end. */
  private final PriorityQueue<Lane> ready = new PriorityQueue<>(ORDER);

  private final List<Lane> reading = new ArrayList<>();
  private final List<OffsetRange> ranges;
  private final Homes homes = new Homes();

  private ClusterRecords(Cluster cluster, Window asked) {
    this.cluster = cluster;
    this.consumer = cluster.consumer();
    try {
      OffsetRanges offsets = new OffsetRanges(cluster, consumer);
      window = offsets.kept(asked);
      ranges = offsets.of(window);
      assign();
    } catch (KafkaException failed) {
      close();
      throw cluster.refused(failed);
    } catch (FailureException failed) {
      close();
      throw failed;
    }
  }

  /**
   * Finds where the window lies.
   *
   * @throws FailureException when the cluster refuses, or no longer keeps the window's beginning
   */
  static ClusterRecords open(Cluster cluster, Window window) {
    return new ClusterRecords(cluster, window);
  }

  private void assign() {
    for (OffsetRange range : ranges) {
      TopicPartition partition = new TopicPartition(range.topic(), range.partition());
      lanes.put(partition, new Lane(partition, range.to()));
    }
    consumer.assign(lanes.keySet());
    for (OffsetRange range : ranges) {
      consumer.seek(new TopicPartition(range.topic(), range.partition()), range.from());
    }
    reading.addAll(lanes.values());
  }

  /** The offsets that are read, of every partition. */
  List<OffsetRange> ranges() {
    return ranges;
  }

  @Override
  public Window window() {
    return window;
  }

  @Override
  public Map<String, String> policy() {
    return Map.of();
  }

  @Override
  public List<Telling> told() {
    HeldAlerts.Held held = new HeldAlerts(cluster, window).read();
    if (held.ranges().isEmpty()) {
      throw new FailureException(
          Topics.ALERTS.name()
              + ": not on "
              + cluster.bootstrapServers()
              + ", nothing to verify against");
    }
    return held.tellings();
  }

  @Override
  public Optional<String> remark() {
    return Optional.empty();
  }

  @Override
  public Optional<ConsumerRecord<byte[], byte[]>> next() {
    try {
      fill();
    } catch (KafkaException failed) {
      throw cluster.refused(failed);
    }
    Lane first = ready.poll();
    if (first == null) {
      return Optional.empty();
    }
    ConsumerRecord<byte[], byte[]> record = first.take();
    reading.add(first);
    homes.check(record);
    return Optional.of(record);
  }

  /** Until each lane knows its next record, or has ended: only then is it known which is first. */
  private void fill() {
    settle();
    Duration waited = Duration.ZERO;
    while (!reading.isEmpty()) {
      waited = readMore() ? Duration.ZERO : waited.plus(POLL);
      if (waited.compareTo(Cluster.PATIENCE) >= 0) {
        throw cluster.silent();
      }
      settle();
    }
  }

  private void settle() {
    List<Lane> settled = reading.stream().filter(lane -> lane.knowsNext() || isRead(lane)).toList();
    settled.stream().filter(lane -> lane.size() > 0).forEach(ready::add);
    reading.removeAll(settled);
  }

  private boolean isRead(Lane lane) {
    return consumer.position(lane.partition()) >= lane.end();
  }

  /** Whether anything came. */
  private boolean readMore() {
    for (Lane lane : lanes.values()) {
      List<TopicPartition> partition = List.of(lane.partition());
      if (lane.size() >= FULL || isRead(lane)) {
        consumer.pause(partition);
      } else {
        consumer.resume(partition);
      }
    }
    Map<TopicPartition, Long> before = positions();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      Lane lane =
          Objects.requireNonNull(lanes.get(new TopicPartition(record.topic(), record.partition())));
      if (record.offset() < lane.end() && window.reads(record.timestamp())) {
        lane.add(record);
      }
    }
    return !before.equals(positions());
  }

  private Map<TopicPartition, Long> positions() {
    Map<TopicPartition, Long> positions = new HashMap<>();
    reading.forEach(lane -> positions.put(lane.partition(), consumer.position(lane.partition())));
    return positions;
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(CLOSING));
  }
}
