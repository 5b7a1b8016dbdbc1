package dev.hognose.streams;

import dev.hognose.alert.Alert;
import dev.hognose.wire.Schema;
import java.time.Instant;
import java.util.Optional;
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

  /** What an alert says now, by its id. */
  static Record<String, Optional<Alert>> told(Alert alert) {
    return of(alert.id(), Optional.of(alert), alert.updatedAt());
  }

  /** Of an alert that never was: what it told is part of another. */
  static Record<String, Optional<Alert>> withdrawn(String id, Instant at) {
    return of(id, Optional.empty(), at);
  }
}
