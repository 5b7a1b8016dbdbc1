package dev.hognose.app.tail;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hognose.wire.MalformedRecordException;
import dev.hognose.wire.Schema;
import dev.hognose.wire.Topic;
import dev.hognose.wire.Topic.Cleanup;
import dev.hognose.wire.Topics;
import dev.hognose.wire.message.RecordJson;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What one record says.
 *
 * @param json the topic, then the message's own fields; of a dead letter its headers, of a record
 *     that cannot be read {@code place} and {@code malformed}, the reason
 */
record Reading(long timestampMs, boolean malformed, ObjectNode json) {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final Set<String> COMPACTED =
      Topics.all().stream()
          .filter(topic -> topic.cleanup() != Cleanup.DELETE)
          .map(Topic::name)
          .collect(Collectors.toUnmodifiableSet());

  static Reading of(ConsumerRecord<byte[], byte[]> record) {
    ObjectNode json = JSON.objectNode().put("topic", record.topic());
    if (record.topic().equals(Topics.DEAD_LETTERS.name())) {
      return new Reading(record.timestamp(), false, deadLetter(record, json));
    }
    try {
      json.setAll(record.value() == null ? deletion(record) : message(record));
      return new Reading(record.timestamp(), false, json);
    } catch (MalformedRecordException unreadable) {
      json.put("place", record.topic() + "-" + record.partition() + "@" + record.offset());
      json.put("malformed", unreadable.getMessage());
      return new Reading(record.timestamp(), true, json);
    }
  }

  private static ObjectNode message(ConsumerRecord<byte[], byte[]> record) {
    Schema.check(record.headers());
    return RecordJson.of(record.topic(), record.key(), record.value());
  }

  /** Where the latest of a key is kept, a record without a message deletes it. */
  private static ObjectNode deletion(ConsumerRecord<byte[], byte[]> record) {
    if (!COMPACTED.contains(record.topic())) {
      throw new MalformedRecordException("no value: expected a message");
    }
    if (record.key() == null) {
      throw new MalformedRecordException("no key: expected what to delete");
    }
    return JSON.objectNode().put("deleted", new String(record.key(), StandardCharsets.UTF_8));
  }

  private static ObjectNode deadLetter(ConsumerRecord<byte[], byte[]> record, ObjectNode json) {
    for (Header header : record.headers()) {
      byte[] value = header.value() == null ? new byte[0] : header.value();
      json.put(header.key(), new String(value, StandardCharsets.UTF_8));
    }
    return json.put("value_bytes", record.value() == null ? 0 : record.value().length);
  }

  String topic() {
    return json.path("topic").asText();
  }

  /** Whose it is; empty where the record does not say. */
  String service() {
    return json.hasNonNull("process")
        ? json.path("process").path("service").asText()
        : json.path("service").asText();
  }

  boolean isOf(Kind kind) {
    return json.path("kind").asText().equals(kind.name()) || json.path(kind.name()).isObject();
  }
}
