package dev.hognose.app.replay;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Who gets the records of a window, in their order. */
interface Listener {

  void next(ConsumerRecord<byte[], byte[]> record);

  /** Time passes, with nothing said meanwhile. */
  void advance(Instant to);
}
