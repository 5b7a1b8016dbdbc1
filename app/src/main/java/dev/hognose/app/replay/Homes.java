package dev.hognose.app.replay;

import dev.hognose.app.console.FailureException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * In which partition each process lives. One that moves shows that the number of partitions was
 * changed; live the task that then got it knew nothing of it, so that there is nothing to replay.
 */
final class Homes {

  private final Map<String, Integer> partitions = new HashMap<>();

  /**
   * Looks at the next record.
   *
   * @throws FailureException when its process was in another partition before
   */
  void check(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      return;
    }
    String process = new String(record.key(), StandardCharsets.UTF_8);
    String place = record.topic() + "\n" + process;
    Integer before = partitions.putIfAbsent(place, record.partition());
    if (before != null && before != record.partition()) {
      throw new FailureException(
          record.topic()
              + ": "
              + process
              + " is in partition "
              + before
              + " and from "
              + Instant.ofEpochMilli(record.timestamp())
              + " on in "
              + record.partition()
              + ": expected a window in which the number of partitions was not changed");
    }
  }
}
