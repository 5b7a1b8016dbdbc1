package dev.hognose.collector.history;

import dev.hognose.sample.Event;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Started;
import dev.hognose.wire.EventCodec;
import dev.hognose.wire.MalformedRecordException;
import dev.hognose.wire.Schema;
import dev.hognose.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
 * Finds what processes said when they started, before this collector began to read.
 *
 * <p>Of each process the records of the first minutes after its start are looked through, once for
 * all that started then; what lies between is skipped. A process that is older than its topic keeps
 * events has none. For one thread.
 */
public final class PastStarts {

  private static final Logger LOG = LoggerFactory.getLogger(PastStarts.class);

  /** An agent may be started well after its interpreter, by a framework that imports much. */
  private static final Duration WITHIN = Duration.ofMinutes(2);

  private static final Duration BEAT = Duration.ofMillis(200);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);
  private static final EventCodec CODEC = new EventCodec();

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private boolean saidFailed;

  /**
   * Of the brokers that the consumers know.
   *
   * @param consumers a new one at each call, in no group
   */
  public PastStarts(Supplier<Consumer<byte[], byte[]>> consumers) {
    this.consumers = consumers;
  }

  /**
   * An event and where it was read.
   *
   * @param partition of the topic of events
   */
  public record Found(int partition, Event event) {}

  /**
   * What was found, and of whom it was looked for to the end.
   *
   * @param lookedFor all of them, unless Kafka failed
   */
  public record Looked(List<Found> found, Set<ProcessId> lookedFor) {

    public Looked {
      found = List.copyOf(found);
      lookedFor = Set.copyOf(lookedFor);
    }
  }

  /** Looks for what these processes said when they started. */
  public Looked of(Collection<ProcessId> processes) {
    List<Found> found = new ArrayList<>();
    Set<ProcessId> lookedFor = new HashSet<>();
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      byPartition(consumer, processes)
          .forEach(
              (partition, those) -> {
                look(consumer, partition, those, found);
                lookedFor.addAll(those);
              });
      saidFailed = false;
    } catch (KafkaException failed) {
      if (!saidFailed) {
        LOG.warn("the starts of older processes cannot be read yet: {}", failed.getMessage());
      }
      saidFailed = true;
    }
    return new Looked(found, lookedFor);
  }

  private static Map<TopicPartition, List<ProcessId>> byPartition(
      Consumer<byte[], byte[]> consumer, Collection<ProcessId> processes) {
    List<PartitionInfo> partitions = consumer.partitionsFor(Topics.EVENTS.name(), ANSWER_WITHIN);
    Map<TopicPartition, List<ProcessId>> split =
        new TreeMap<>(Comparator.comparingInt(TopicPartition::partition));
    for (ProcessId process : processes) {
      byte[] key = process.key().getBytes(StandardCharsets.UTF_8);
      int number = Utils.toPositive(Utils.murmur2(key)) % partitions.size();
      split
          .computeIfAbsent(
              new TopicPartition(Topics.EVENTS.name(), number), none -> new ArrayList<>())
          .add(process);
    }
    return split;
  }

  /** The earliest first; who started meanwhile is found on the way. */
  private static void look(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      List<ProcessId> processes,
      List<Found> found) {
    consumer.assign(List.of(partition));
    Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(partition), ANSWER_WITHIN);
    Search search = new Search(processes, ends.getOrDefault(partition, 0L));
    while (!search.wanted.isEmpty()) {
      Instant from = search.earliest();
      OffsetAndTimestamp first =
          consumer
              .offsetsForTimes(Map.of(partition, from.toEpochMilli()), ANSWER_WITHIN)
              .get(partition);
      if (first == null) {
        return;
      }
      consumer.seek(partition, first.offset());
      search.until(from.plus(WITHIN));
      while (search.goesOn(consumer.position(partition))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(BEAT)) {
          search.take(record, found);
        }
      }
      search.giveUpBefore(from);
    }
  }

  /** Who is still looked for in a partition, and how far the reading may go. */
  private static final class Search {

    private final Map<String, ProcessId> wanted = new HashMap<>();
    private final long end;
    private Instant until = Instant.MIN;
    private boolean passed;

    Search(List<ProcessId> processes, long end) {
      processes.forEach(process -> wanted.put(process.key(), process));
      this.end = end;
    }

    Instant earliest() {
      return wanted.values().stream()
          .map(ProcessId::startedAt)
          .min(Comparator.naturalOrder())
          .orElse(Instant.MAX);
    }

    void until(Instant moment) {
      until = moment;
      passed = false;
    }

    boolean goesOn(long position) {
      return !passed && !wanted.isEmpty() && position < end;
    }

    void take(ConsumerRecord<byte[], byte[]> record, List<Found> found) {
      passed |= record.timestamp() > until.toEpochMilli();
      byte[] key = record.key();
      if (key == null || !wanted.containsKey(new String(key, StandardCharsets.UTF_8))) {
        return;
      }
      try {
        Schema.check(record.headers());
        Event event = CODEC.decode(record.value());
        if (event.what() instanceof Started) {
          found.add(new Found(record.partition(), event));
          wanted.remove(event.process().key());
        }
      } catch (MalformedRecordException malformed) {
        // Who read it when it was written has counted it and said so.
        LOG.debug("{}@{} skipped", record.partition(), record.offset(), malformed);
      }
    }

    /** Those that had started by then have been looked for. */
    void giveUpBefore(Instant moment) {
      Set<String> late = new HashSet<>();
      wanted.forEach(
          (key, process) -> {
            if (!process.startedAt().isAfter(moment)) {
              late.add(key);
            }
          });
      wanted.keySet().removeAll(late);
    }
  }
}
