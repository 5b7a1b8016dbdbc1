package dev.hognose.app.replay;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** One partition on its way into the merge: its next records, in the order of their offsets. */
final class Lane {

  private final TopicPartition partition;
  private final long end;
  private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();

  /** Newest timestamp of what has left and of the first that waits. */
  private long dueMs = Long.MIN_VALUE;

  /**
   * Empty.
   *
   * @param end the offset at which reading ends, not part of it
   */
  Lane(TopicPartition partition, long end) {
    this.partition = partition;
    this.end = end;
  }

  TopicPartition partition() {
    return partition;
  }

  long end() {
    return end;
  }

  int size() {
    return waiting.size();
  }

  void add(ConsumerRecord<byte[], byte[]> record) {
    waiting.add(record);
    if (waiting.size() == 1) {
      dueMs = Math.max(dueMs, record.timestamp());
    }
  }

  /** When the first is judged: a late one counts as of the newest before it, as it did live. */
  long dueMs() {
    return dueMs;
  }

  ConsumerRecord<byte[], byte[]> take() {
    ConsumerRecord<byte[], byte[]> first = waiting.remove();
    if (!waiting.isEmpty()) {
      dueMs = Math.max(dueMs, waiting.element().timestamp());
    }
    return first;
  }
}
