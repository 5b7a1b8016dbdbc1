package dev.hognose.streams;

import dev.hognose.alert.Wording;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be read: key, value and headers as received, and headers that tell where
 * it came from and why.
 *
 * <p>Cut where it would be too large to be written again: a key to 4 KiB, a value to 128 KiB, and
 * headers of more than 16 KiB are left out. {@code hognose-cut} then says so.
 */
final class DeadLetter {

  static final String TOPIC = "hognose-origin-topic";
  static final String PARTITION = "hognose-origin-partition";
  static final String OFFSET = "hognose-origin-offset";
  static final String TIMESTAMP = "hognose-origin-timestamp";
  static final String REASON = "hognose-reason";
  static final String CUT = "hognose-cut";

  private static final int MOST_KEY = 4 << 10;
  private static final int MOST_VALUE = 128 << 10;
  private static final int MOST_HEADERS = 16 << 10;
  private static final int LONGEST_REASON = 1_000;

  private final byte @Nullable [] key;
  private final byte @Nullable [] value;
  private final List<String> cut = new ArrayList<>();

  private DeadLetter(byte @Nullable [] key, byte @Nullable [] value) {
    this.key = cut("key", key, MOST_KEY);
    this.value = cut("value", value, MOST_VALUE);
  }

  /** Where a record came from. */
  record Origin(String topic, int partition, long offset, long timestampMs) {}

  static DeadLetter of(byte @Nullable [] key, byte @Nullable [] value) {
    return new DeadLetter(key, value);
  }

  byte @Nullable [] key() {
    return key;
  }

  byte @Nullable [] value() {
    return value;
  }

  private byte @Nullable [] cut(String what, byte @Nullable [] bytes, int most) {
    if (bytes == null || bytes.length <= most) {
      return bytes;
    }
    cut.add(what + " of " + bytes.length + " bytes");
    return Arrays.copyOf(bytes, most);
  }

  /** The record's own headers and those of the letter, which win. */
  Headers headers(Headers received, Origin origin, String reason) {
    Headers headers = new RecordHeaders();
    List<String> left = new ArrayList<>(cut);
    if (size(received) <= MOST_HEADERS) {
      received.forEach(headers::add);
    } else {
      left.add("headers of " + size(received) + " bytes");
    }
    set(headers, TOPIC, origin.topic());
    set(headers, PARTITION, Integer.toString(origin.partition()));
    set(headers, OFFSET, Long.toString(origin.offset()));
    set(headers, TIMESTAMP, Long.toString(origin.timestampMs()));
    set(headers, REASON, Wording.legible(reason, LONGEST_REASON));
    if (!left.isEmpty()) {
      set(headers, CUT, String.join(", ", left));
    }
    return headers;
  }

  private static long size(Headers headers) {
    long size = 0;
    for (Header header : headers) {
      byte @Nullable [] value = header.value();
      size += header.key().length() + (value == null ? 0 : value.length);
    }
    return size;
  }

  private static void set(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
