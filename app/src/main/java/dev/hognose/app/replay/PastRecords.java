package dev.hognose.app.replay;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records of a window in the order in which they are judged: by timestamp, topic, partition and
 * offset. A record that came late to its partition is judged where it came, as it was live.
 */
sealed interface PastRecords extends AutoCloseable permits ClusterRecords, CaptureRecords {

  /**
   * The next of them, or nothing at the end.
   *
   * @throws dev.hognose.app.console.FailureException when the cluster refuses or has gone
   * @throws dev.hognose.wire.MalformedRecordException when the capture was altered
   */
  Optional<ConsumerRecord<byte[], byte[]>> next() throws IOException;

  /** What is read; its warm-up is shorter than was asked for where the cluster has forgotten it. */
  Window window();

  /** Policy values that a capture was made under; none of a cluster. */
  Map<String, String> policy();

  /**
   * What was told live of alerts within the window; of one alert in its order.
   *
   * @throws dev.hognose.app.console.FailureException when that is not known
   */
  List<Telling> told() throws IOException;

  /** At the end, what a person should know of what was read. */
  Optional<String> remark();

  @Override
  void close() throws IOException;
}
