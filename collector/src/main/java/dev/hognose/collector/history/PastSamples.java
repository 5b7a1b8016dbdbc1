package dev.hognose.collector.history;

import dev.hognose.sample.Sample;
import dev.hognose.wire.MalformedRecordException;
import dev.hognose.wire.SampleCodec;
import dev.hognose.wire.Schema;
import dev.hognose.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a process's samples back from their topic. The topic keeps them; nothing is held here.
 *
 * <p>A reading takes one partition from the window's beginning, whoever else is in it, and ends
 * after a few seconds with what it has. Only so many run at a time; who waits too long for a place
 * is refused. It joins no group.
 */
public final class PastSamples implements Function<HistoryQuery, History> {

  private static final Logger LOG = LoggerFactory.getLogger(PastSamples.class);
  private static final int AT_ONCE = 2;
  private static final Duration PLACE_WITHIN = Duration.ofSeconds(5);
  private static final Duration ENOUGH = Duration.ofSeconds(4);
  private static final Duration BEAT = Duration.ofMillis(200);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

  /** A week of samples ten seconds apart. */
  private static final int MOST_SAMPLES = 60_480;

  private static final int POINTS = 400;
  private static final SampleCodec CODEC = new SampleCodec();

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final InstantSource clock;
  private final Semaphore places = new Semaphore(AT_ONCE);

  /**
   * Of the brokers that the consumers know.
   *
   * @param consumers a new one at each call, in no group
   */
  public PastSamples(Supplier<Consumer<byte[], byte[]>> consumers, InstantSource clock) {
    this.consumers = consumers;
    this.clock = clock;
  }

  /**
   * The past of a process; no points where nothing is known.
   *
   * @throws HistoryException when it cannot be read now
   */
  @Override
  public History apply(HistoryQuery query) {
    try {
      if (!places.tryAcquire(PLACE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new HistoryException("others read the past already: try again in a few seconds");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new HistoryException("the collector is ending", interrupted);
    }
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      return read(consumer, query);
    } catch (KafkaException failed) {
      throw new HistoryException("the past cannot be read: " + failed.getMessage(), failed);
    } finally {
      places.release();
    }
  }

  private History read(Consumer<byte[], byte[]> consumer, HistoryQuery query) {
    byte[] key = query.process().key().getBytes(StandardCharsets.UTF_8);
    TopicPartition partition = partition(consumer, key);
    consumer.assign(List.of(partition));
    Map<TopicPartition, OffsetAndTimestamp> found =
        consumer.offsetsForTimes(Map.of(partition, query.from().toEpochMilli()), ANSWER_WITHIN);
    OffsetAndTimestamp first = found.get(partition);
    if (first == null) {
      return new History(List.of(), true);
    }
    consumer.seek(partition, first.offset());
    long end = consumer.endOffsets(List.of(partition), ANSWER_WITHIN).getOrDefault(partition, 0L);
    Instant deadline = clock.instant().plus(ENOUGH);
    List<Sample> samples = new ArrayList<>();
    boolean more = consumer.position(partition) < end;
    while (more && samples.size() < MOST_SAMPLES && clock.instant().isBefore(deadline)) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(BEAT);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (Arrays.equals(key, record.key())) {
          take(record, query, samples);
        }
      }
      more = consumer.position(partition) < end;
    }
    History history = History.of(bySequence(samples), POINTS);
    return more ? history.cutShort() : history;
  }

  private static TopicPartition partition(Consumer<byte[], byte[]> consumer, byte[] key) {
    List<PartitionInfo> partitions = consumer.partitionsFor(Topics.SAMPLES.name(), ANSWER_WITHIN);
    if (partitions == null || partitions.isEmpty()) {
      throw new HistoryException(Topics.SAMPLES.name() + ": no such topic");
    }
    int number = Utils.toPositive(Utils.murmur2(key)) % partitions.size();
    return new TopicPartition(Topics.SAMPLES.name(), number);
  }

  private static void take(
      ConsumerRecord<byte[], byte[]> record, HistoryQuery query, List<Sample> samples) {
    try {
      Schema.check(record.headers());
      Sample sample = CODEC.decode(record.value());
      if (!sample.at().isBefore(query.from()) && !sample.at().isAfter(query.to())) {
        samples.add(sample);
      }
    } catch (MalformedRecordException malformed) {
      // The intake has counted it and said so.
      LOG.debug("{}-{}@{} skipped", record.topic(), record.partition(), record.offset(), malformed);
    }
  }

  /** Each once, whatever order they came in. */
  private static List<Sample> bySequence(List<Sample> samples) {
    List<Sample> sorted = new ArrayList<>(samples);
    sorted.sort(Comparator.comparingLong(Sample::sequence));
    List<Sample> once = new ArrayList<>();
    for (Sample sample : sorted) {
      if (once.isEmpty() || once.get(once.size() - 1).sequence() != sample.sequence()) {
        once.add(sample);
      }
    }
    return once;
  }
}
