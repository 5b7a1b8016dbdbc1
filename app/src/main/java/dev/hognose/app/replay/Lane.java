package dev.hognose.app.replay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** One partition on its way into the merge: its next records, in the order of their offsets. */
final class Lane {

  /**
   * A later time is nobody's lateness: no process counts a sample that is farther ahead of its last
   * one, and so no clock that decides what is late moves with it.
   */
  static final Duration BELIEVED = Duration.ofHours(1);

  /**
   * So many records after one that is farther ahead say whether time went on or a clock is wrong.
   */
  static final int WITNESSES = 8;

  private final TopicPartition partition;
  private final long end;
  private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();

  /** When the last one that left was judged. */
  private OptionalLong leftMs = OptionalLong.empty();

  /** When the first that waits is judged, once it was asked for. */
  private OptionalLong dueMs = OptionalLong.empty();

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

  /** Whether nothing that is still to be read can change when its first record is judged. */
  boolean knowsNext() {
    return waiting.size() > WITNESSES;
  }

  void add(ConsumerRecord<byte[], byte[]> record) {
    waiting.add(record);
  }

  /**
   * When the first is judged: a late one counts as of the newest before it, as it did live, and one
   * that is far ahead as of those that come after it, which it did not hold back.
   */
  long dueMs() {
    if (dueMs.isEmpty()) {
      dueMs = OptionalLong.of(Math.max(leftMs.orElse(Long.MIN_VALUE), believedMs()));
    }
    return dueMs.getAsLong();
  }

  private long believedMs() {
    long firstMs = waiting.element().timestamp();
    boolean isBelieved = leftMs.isPresent() && firstMs - leftMs.getAsLong() <= BELIEVED.toMillis();
    return isBelieved ? firstMs : Math.min(firstMs, witnessedMs(firstMs));
  }

  /** The median time of the records after the first; the earlier one of two. */
  private long witnessedMs(long ifNone) {
    long[] after =
        waiting.stream()
            .skip(1)
            .limit(WITNESSES)
            .mapToLong(ConsumerRecord::timestamp)
            .sorted()
            .toArray();
    return after.length == 0 ? ifNone : after[(after.length - 1) / 2];
  }

  ConsumerRecord<byte[], byte[]> take() {
    leftMs = OptionalLong.of(dueMs());
    dueMs = OptionalLong.empty();
    return waiting.remove();
  }
}
