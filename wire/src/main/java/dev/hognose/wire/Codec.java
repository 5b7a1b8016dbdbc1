package dev.hognose.wire;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Turns one kind of message into bytes and back; they say all of it, whatever their key. */
public interface Codec<T> extends KeyedCodec<T> {

  /**
   * Reads what {@link #encode} or another language wrote.
   *
   * @throws MalformedRecordException when the bytes are no such message, or its figures cannot be
   */
  T decode(byte[] bytes);

  @Override
  default T decode(String key, byte[] bytes) {
    return decode(bytes);
  }

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
