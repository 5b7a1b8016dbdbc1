package dev.hognose.streams;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;
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
  static final byte VERSION = (byte) 0x8a;

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
        (topic, bytes) ->
            bytes == null
                ? null
                : read(where, bytes, packed -> plain.deserializer().deserialize(topic, packed)));
  }

  /** What is packed, behind the version that packed it. */
  static byte[] marked(byte[] packed) {
    return ByteBuffer.allocate(1 + packed.length).put(VERSION).put(packed).array();
  }

  /**
   * Reads what {@link #marked} wrote.
   *
   * @throws UnreadableStateException when another version wrote it, and for whatever reading throws
   */
  static <V> V read(String where, byte[] bytes, Function<byte[], V> reading) {
    if (bytes.length == 0 || bytes[0] != VERSION) {
      throw new UnreadableStateException(where + " was written by another version of hognose");
    }
    try {
      return reading.apply(Arrays.copyOfRange(bytes, 1, bytes.length));
    } catch (RuntimeException unreadable) {
      throw new UnreadableStateException(
          where + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }
}
