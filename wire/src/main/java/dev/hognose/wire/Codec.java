package dev.hognose.wire;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Turns one kind of message into bytes and back. */
public interface Codec<T> {

  byte[] encode(T value);

  /**
   * Reads what {@link #encode} or another language wrote.
   *
   * @throws MalformedRecordException when the bytes are no such message, or its figures cannot be
   */
  T decode(byte[] bytes);

  /**
   * For topics and stores of our own making, where bytes that cannot be read are a defect. No value
   * stays no value: that is how Kafka says that a key is gone.
   */
  default Serde<T> serde() {
    return Serdes.serdeFrom(
        (topic, value) -> value == null ? null : encode(value),
        (topic, bytes) -> bytes == null ? null : decode(bytes));
  }
}
