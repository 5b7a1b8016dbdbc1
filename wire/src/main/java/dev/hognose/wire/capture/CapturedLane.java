package dev.hognose.wire.capture;

import com.google.protobuf.ByteString;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What records of a block share that are about one process: topic, partition, key. */
record CapturedLane(String topic, int partition, Optional<ByteString> key) {

  static CapturedLane of(ConsumerRecord<byte[], byte[]> record) {
    return new CapturedLane(
        record.topic(),
        record.partition(),
        Optional.ofNullable(record.key()).map(ByteString::copyFrom));
  }
}
