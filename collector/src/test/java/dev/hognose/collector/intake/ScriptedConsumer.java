package dev.hognose.collector.intake;

import dev.hognose.sample.Sample;
import dev.hognose.wire.Topics;
import dev.hognose.wire.sample.SampleCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Kafka's own fake with what it lacks: offsets by time, and brokers that do not answer. */
final class ScriptedConsumer extends MockConsumer<byte[], byte[]> {

  final Map<TopicPartition, OffsetAndTimestamp> byTime = new HashMap<>();
  final Map<TopicPartition, Long> askedFor = new HashMap<>();
  final Map<TopicPartition, OffsetAndMetadata> saidByOthers = new HashMap<>();
  final Queue<Runnable> beforeListing = new ArrayDeque<>();

  ScriptedConsumer() {
    super("none");
  }

  /** Topics of so many partitions, empty. */
  void topics(int partitions) {
    TopicCheck.TOPICS.forEach(topic -> topic(topic, partitions));
  }

  void topic(String name, int partitions) {
    updatePartitions(
        name,
        IntStream.range(0, partitions)
            .mapToObj(number -> new PartitionInfo(name, number, null, null, null))
            .toList());
    IntStream.range(0, partitions)
        .mapToObj(number -> new TopicPartition(name, number))
        .forEach(partition -> written(partition, 0, 0));
  }

  /** What there is of a partition. */
  void written(TopicPartition partition, long beginning, long end) {
    updateBeginningOffsets(Map.of(partition, beginning));
    updateEndOffsets(Map.of(partition, end));
  }

  /** Makes all partitions of these numbers ours. */
  void assign(int... numbers) {
    rebalance(
        TopicCheck.TOPICS.stream()
            .flatMap(
                topic ->
                    IntStream.of(numbers).mapToObj(number -> new TopicPartition(topic, number)))
            .toList());
  }

  @Override
  public synchronized Map<String, List<PartitionInfo>> listTopics(Duration timeout) {
    Runnable before = beforeListing.poll();
    if (before != null) {
      before.run();
    }
    return super.listTopics(timeout);
  }

  @Override
  public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
      Map<TopicPartition, Long> timestamps) {
    askedFor.putAll(timestamps);
    Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>(byTime);
    found.keySet().retainAll(timestamps.keySet());
    return found;
  }

  /** Another collector signs partitions of these numbers, to show them from a moment on. */
  void othersShow(Instant from, int... numbers) {
    for (String topic : TopicCheck.TOPICS) {
      for (int number : numbers) {
        saidByOthers.put(
            new TopicPartition(topic, number),
            new OffsetAndMetadata(0, new ShownBy("another").from(from)));
      }
    }
  }

  @Override
  public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
      Set<TopicPartition> partitions, Duration timeout) {
    return committed(partitions);
  }

  @Override
  public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
      Set<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> said = new HashMap<>(super.committed(partitions));
    saidByOthers.forEach(
        (partition, by) -> {
          if (partitions.contains(partition)) {
            said.put(partition, by);
          }
        });
    return said;
  }

  static Runnable failing(KafkaException failure) {
    return () -> {
      throw failure;
    };
  }

  static ConsumerRecord<byte[], byte[]> record(
      String topic, int partition, long offset, byte[] value) {
    return new ConsumerRecord<>(topic, partition, offset, new byte[0], value);
  }

  static ConsumerRecord<byte[], byte[]> sampled(int partition, long offset, Sample sample) {
    byte[] key = sample.process().key().getBytes(StandardCharsets.UTF_8);
    return new ConsumerRecord<>(
        Topics.SAMPLES.name(), partition, offset, key, new SampleCodec().encode(sample));
  }

  static TopicPartition samples(int partition) {
    return new TopicPartition(Topics.SAMPLES.name(), partition);
  }
}
