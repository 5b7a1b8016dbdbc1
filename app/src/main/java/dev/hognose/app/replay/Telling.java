package dev.hognose.app.replay;

import dev.hognose.wire.AlertCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  /**
   * Tells which are about the service, if one is named. A withdrawal does not say whose it is:
   * another telling of its alert does.
   *
   * @param all among which that one may be
   */
  static Predicate<Telling> about(Optional<String> service, Stream<Telling> all) {
    if (service.isEmpty()) {
      return telling -> true;
    }
    Set<String> ids =
        all.filter(each -> each.says(service.get())).map(Telling::id).collect(Collectors.toSet());
    return telling -> ids.contains(telling.id);
  }

  private boolean says(String service) {
    return value.map(CODEC::decode).filter(alert -> alert.service().equals(service)).isPresent();
  }
}
