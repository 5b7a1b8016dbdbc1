package dev.hognose.collector.history;

import dev.hognose.wire.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads records of one key back from their topic. The topic keeps them; nothing is held here.
 *
 * <p>A reading takes one partition, whoever else is in it, from the window's beginning until what
 * came so long after it that nothing of it can follow, and ends after a few seconds with what it
 * has. Only so many run at a time; who waits too long for a place is refused. It joins no group.
 */
final class PastRecords {

  private static final Logger LOG = LoggerFactory.getLogger(PastRecords.class);
  private static final int AT_ONCE = 2;
  private static final Duration PLACE_WITHIN = Duration.ofSeconds(5);
  private static final Duration ENOUGH = Duration.ofSeconds(4);
  private static final Duration BEAT = Duration.ofMillis(200);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

  /** How long an agent keeps what it cannot send: so much later a record may come. */
  private static final Duration LATEST = Duration.ofHours(1);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final InstantSource clock;
  private final Semaphore places = new Semaphore(AT_ONCE);

  PastRecords(Supplier<Consumer<byte[], byte[]>> consumers, InstantSource clock) {
    this.consumers = consumers;
    this.clock = clock;
  }

  /**
   * Records of one key in a topic, of a window.
   *
   * @param since there can be none before; the beginning of time where that is not known
   */
  record Lane(String topic, String key, Instant from, Instant to, Instant since) {

    /** Whether there may have been records before those that a topic still has. */
    boolean beginsBefore(Instant kept) {
      return from.isBefore(kept) && since.isBefore(kept);
    }

    /**
     * When the last record of the window has come, if its agent was cut off from Kafka. What bears
     * that time stands behind it, for brokers refuse what agents send from the future.
     */
    Instant lastArrival() {
      return to.plus(LATEST);
    }
  }

  /**
   * Reads what holds the window; other records are in it, too.
   *
   * @param take is given each record; when it says no, the reading ends
   * @return whether its end was reached, and all from the beginning on is still there
   * @throws HistoryException when it cannot be read now
   */
  boolean read(Lane lane, Predicate<ConsumerRecord<byte[], byte[]>> take) {
    try {
      if (!places.tryAcquire(PLACE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new HistoryException("others read the past already: try again in a few seconds");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new HistoryException("the collector is ending", interrupted);
    }
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      return read(consumer, lane, take);
    } catch (KafkaException failed) {
      throw new HistoryException("the past cannot be read: " + failed.getMessage(), failed);
    } finally {
      places.release();
    }
  }

  private boolean read(
      Consumer<byte[], byte[]> consumer,
      Lane lane,
      Predicate<ConsumerRecord<byte[], byte[]>> take) {
    byte[] key = lane.key().getBytes(StandardCharsets.UTF_8);
    TopicPartition partition = partition(consumer, lane.topic(), key);
    consumer.assign(List.of(partition));
    Optional<OffsetAndTimestamp> first = at(consumer, partition, lane.from());
    if (first.isEmpty()) {
      return true;
    }
    consumer.seek(partition, first.get().offset());
    boolean kept = !isCutOff(consumer, partition, lane, first.get());
    long end =
        at(consumer, partition, lane.lastArrival())
            .map(OffsetAndTimestamp::offset)
            .orElseGet(() -> end(consumer, partition));
    Instant deadline = clock.instant().plus(ENOUGH);
    while (consumer.position(partition) < end) {
      if (!clock.instant().isBefore(deadline)) {
        return false;
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(BEAT)) {
        if (Arrays.equals(key, record.key()) && !taken(record, take)) {
          return false;
        }
      }
    }
    return kept;
  }

  /** The first record of a moment or a later one, by the records' own time. */
  private static Optional<OffsetAndTimestamp> at(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, Instant moment) {
    return Optional.ofNullable(
        consumer
            .offsetsForTimes(Map.of(partition, moment.toEpochMilli()), ANSWER_WITHIN)
            .get(partition));
  }

  private static long end(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
    return consumer.endOffsets(List.of(partition), ANSWER_WITHIN).getOrDefault(partition, 0L);
  }

  /** Whether the topic has lost what came before its oldest record, and that was asked for, too. */
  private static boolean isCutOff(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      Lane lane,
      OffsetAndTimestamp first) {
    long beginning =
        consumer.beginningOffsets(List.of(partition), ANSWER_WITHIN).getOrDefault(partition, 0L);
    return beginning > 0
        && first.offset() <= beginning
        && lane.beginsBefore(Instant.ofEpochMilli(first.timestamp()));
  }

  private static boolean taken(
      ConsumerRecord<byte[], byte[]> record, Predicate<ConsumerRecord<byte[], byte[]>> take) {
    try {
      return take.test(record);
    } catch (MalformedRecordException malformed) {
      // Who reads the topic as it is written has counted it and said so.
      LOG.debug("{}-{}@{} skipped", record.topic(), record.partition(), record.offset(), malformed);
      return true;
    }
  }

  private static TopicPartition partition(
      Consumer<byte[], byte[]> consumer, String topic, byte[] key) {
    List<PartitionInfo> partitions = consumer.partitionsFor(topic, ANSWER_WITHIN);
    if (partitions == null || partitions.isEmpty()) {
      throw new HistoryException(topic + ": no such topic");
    }
    return new TopicPartition(topic, Utils.toPositive(Utils.murmur2(key)) % partitions.size());
  }
}
