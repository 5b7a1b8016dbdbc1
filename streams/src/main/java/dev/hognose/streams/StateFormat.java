package dev.hognose.streams;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * What stores and internal topics hold begins with the version of all our formats: what another
 * version of this program wrote is refused, and never guessed at.
 */
final class StateFormat {

  /**
   * To be raised with each change of what is packed or of its meaning; a file of each version's
   * formats stands in the tests. Versions before it wrote none: nothing that they packed begins
   * with the eighth bit set.
   */
  static final byte VERSION = (byte) 0x87;

  private StateFormat() {}

  /**
   * A serde whose bytes tell their version; reading any other throws {@link
   * UnreadableStateException}.
   *
   * @param where a store or an internal topic, for messages
   */
  static <V> Serde<V> in(String where, Serde<V> plain) {
    return Serdes.serdeFrom(
        (topic, value) -> value == null ? null : marked(plain.serializer().serialize(topic, value)),
        (topic, bytes) -> bytes == null ? null : read(where, plain, topic, bytes));
  }

  private static byte[] marked(byte[] packed) {
    return ByteBuffer.allocate(1 + packed.length).put(VERSION).put(packed).array();
  }

  private static <V> V read(String where, Serde<V> plain, String topic, byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != VERSION) {
      throw new UnreadableStateException(where + " was written by another version of hognose");
    }
    byte[] packed = new byte[bytes.length - 1];
    System.arraycopy(bytes, 1, packed, 0, packed.length);
    return read(where, () -> plain.deserializer().deserialize(topic, packed));
  }

  /** Whatever is thrown for what was written becomes {@link UnreadableStateException}. */
  static <V> V read(String where, Supplier<V> reading) {
    try {
      return reading.get();
    } catch (RuntimeException unreadable) {
      throw new UnreadableStateException(
          where + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }
}
