package dev.hognose.app.replay;

import dev.hognose.wire.AlertCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What was said about an alert, live or again.
 *
 * @param value the alert's bytes, absent when it was withdrawn
 */
record Telling(String id, Instant at, Optional<byte[]> value) {

  private static final AlertCodec CODEC = new AlertCodec();

  static Telling of(ProducerRecord<byte[], byte[]> again) {
    return new Telling(
        new String(again.key(), StandardCharsets.UTF_8),
        Instant.ofEpochMilli(again.timestamp()),
        Optional.ofNullable(again.value()));
  }

  static Telling of(ConsumerRecord<byte[], byte[]> live) {
    return new Telling(
        new String(live.key(), StandardCharsets.UTF_8),
        Instant.ofEpochMilli(live.timestamp()),
        Optional.ofNullable(live.value()));
  }

  /** Whether it is about the service, if one is named; a withdrawal does not say. */
  boolean isOf(Optional<String> service) {
    return service.isEmpty()
        || value
            .map(CODEC::decode)
            .filter(alert -> alert.service().equals(service.get()))
            .isPresent();
  }
}
