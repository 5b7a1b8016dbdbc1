package dev.hognose.collector.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Kafka's own fake with a topic in it that is found by time. */
final class PastConsumer extends MockConsumer<byte[], byte[]> {

  private final String topic;
  private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> kept = new HashMap<>();
  private final Map<TopicPartition, KafkaException> failures = new HashMap<>();

  /** A topic whose partitions have lost all before an offset. */
  PastConsumer(String topic, int partitions, long beginning) {
    super("none");
    this.topic = topic;
    updatePartitions(
        topic,
        IntStream.range(0, partitions)
            .mapToObj(number -> new PartitionInfo(topic, number, null, null, null))
            .toList());
    for (int number = 0; number < partitions; number++) {
      TopicPartition partition = new TopicPartition(topic, number);
      updateBeginningOffsets(Map.of(partition, beginning));
      updateEndOffsets(Map.of(partition, beginning));
      kept.put(partition, List.of());
    }
  }

  /** All that a partition still has. */
  void has(int number, List<ConsumerRecord<byte[], byte[]>> records) {
    TopicPartition partition = new TopicPartition(topic, number);
    kept.put(partition, records);
    updateEndOffsets(Map.of(partition, records.get(records.size() - 1).offset() + 1));
  }

  /** What a partition answers from now on. */
  void fails(int number, KafkaException failure) {
    failures.put(new TopicPartition(topic, number), failure);
  }

  ConsumerRecord<byte[], byte[]> record(int number, long offset, Instant at, byte[]... keyValue) {
    return new ConsumerRecord<>(
        topic,
        number,
        offset,
        at.toEpochMilli(),
        TimestampType.CREATE_TIME,
        keyValue[0].length,
        keyValue[1].length,
        keyValue[0],
        keyValue[1],
        new RecordHeaders(),
        Optional.empty());
  }

  @Override
  public synchronized void assign(Collection<TopicPartition> partitions) {
    super.assign(partitions);
    partitions.forEach(
        partition -> kept.getOrDefault(partition, List.of()).forEach(this::addRecord));
  }

  @Override
  public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
      Map<TopicPartition, Long> times, Duration timeout) {
    Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
    times.forEach(
        (partition, time) -> {
          KafkaException failure = failures.get(partition);
          if (failure != null) {
            throw failure;
          }
          kept.getOrDefault(partition, List.of()).stream()
              .filter(record -> record.timestamp() >= time)
              .findFirst()
              .ifPresent(
                  record ->
                      found.put(
                          partition, new OffsetAndTimestamp(record.offset(), record.timestamp())));
        });
    return found;
  }
}
