package dev.hognose.streams;

import dev.hognose.wire.Schema;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/** A record of ours: its timestamp is event time, its header tells the schema. */
final class OutputRecord {

  private OutputRecord() {}

  static <K, V> Record<K, V> of(K key, V value, Instant at) {
    Headers headers = new RecordHeaders();
    headers.add(Schema.HEADER, Schema.header());
    return new Record<>(key, value, at.toEpochMilli(), headers);
  }
}
