package dev.hognose.app.driver;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.internals.StreamTask;

/**
 * Runs a topology of Kafka Streams in the calling thread, over records that are handed to it, with
 * its stores in memory and without a broker.
 *
 * <p>A record is worked off to its end, what it causes on internal topics included, before the next
 * is taken. Nothing is ever committed, so that what is kept as objects is never packed. Not for
 * several threads.
 */
public final class TopologyDriver implements AutoCloseable {

  private final LoneTask lone;
  private final StreamTask task;
  private final RecordClock clock;
  private final Queue<ProducerRecord<byte[], byte[]>> internal = new ArrayDeque<>();
  private final Queue<Runnable> told = new ArrayDeque<>();
  private long internalOffset;

  /**
   * Starts with empty stores, in 1970.
   *
   * @param topology built with {@link OpenTopology#builder}
   * @param properties those of Kafka Streams; no store may be persistent
   */
  public TopologyDriver(Topology topology, Properties properties) {
    clock = new RecordClock(0);
    lone = new LoneTask(OpenTopology.parts(topology), properties, clock);
    task = lone.task();
    lone.loops().forEach(topic -> lone.sent().take(topic, internal::add));
  }

  /**
   * From now on hands what is written to a topic to a listener, in its order, when the record or
   * the timers that caused it have been worked off. What the listener throws ends that call: thrown
   * earlier, it would count as a defect of the node that wrote.
   */
  public void listen(String topic, Consumer<ProducerRecord<byte[], byte[]>> listener) {
    lone.sent().take(topic, record -> told.add(() -> listener.accept(record)));
  }

  /** Works off a record of one of the topology's topics. */
  public void next(ConsumerRecord<byte[], byte[]> record) {
    task.addRecords(LoneTask.partition(record.topic()), List.of(record));
    work();
  }

  /** What the timers see. */
  public Instant now() {
    return Instant.ofEpochMilli(clock.milliseconds());
  }

  /** Sets the clock on; timers that are due by then run once. */
  public void advance(Duration by) {
    clock.advance(by);
    task.maybePunctuateSystemTime();
    work();
  }

  private void work() {
    do {
      while (!internal.isEmpty()) {
        ProducerRecord<byte[], byte[]> record = internal.remove();
        task.addRecords(LoneTask.partition(record.topic()), List.of(received(record)));
      }
    } while (task.process(clock.milliseconds()));
    while (!told.isEmpty()) {
      told.remove().run();
    }
  }

  private ConsumerRecord<byte[], byte[]> received(ProducerRecord<byte[], byte[]> sent) {
    return new ConsumerRecord<>(
        sent.topic(),
        LoneTask.PARTITION,
        internalOffset++,
        sent.timestamp(),
        TimestampType.CREATE_TIME,
        sent.key() == null ? ConsumerRecord.NULL_SIZE : sent.key().length,
        sent.value() == null ? ConsumerRecord.NULL_SIZE : sent.value().length,
        sent.key(),
        sent.value(),
        sent.headers(),
        Optional.empty());
  }

  @Override
  public void close() {
    lone.close();
  }
}
