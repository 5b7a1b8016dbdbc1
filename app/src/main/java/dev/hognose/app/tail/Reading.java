package dev.hognose.app.tail;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hognose.wire.MalformedRecordException;
import dev.hognose.wire.Schema;
import dev.hognose.wire.Topics;
import dev.hognose.wire.message.RecordJson;
import java.nio.charset.StandardCharsets;
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

  static Reading of(ConsumerRecord<byte[], byte[]> record) {
    ObjectNode json = JSON.objectNode().put("topic", record.topic());
    if (record.topic().equals(Topics.DEAD_LETTERS.name())) {
      return new Reading(record.timestamp(), false, deadLetter(record, json));
    }
    if (record.value() == null) {
      json.put("deleted", new String(record.key(), StandardCharsets.UTF_8));
      return new Reading(record.timestamp(), false, json);
    }
    try {
      Schema.check(record.headers());
      json.setAll(RecordJson.of(record.topic(), record.key(), record.value()));
      return new Reading(record.timestamp(), false, json);
    } catch (MalformedRecordException unreadable) {
      json.put("place", record.topic() + "-" + record.partition() + "@" + record.offset());
      json.put("malformed", unreadable.getMessage());
      return new Reading(record.timestamp(), true, json);
    }
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
