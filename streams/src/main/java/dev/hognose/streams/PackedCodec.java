package dev.hognose.streams;

import dev.hognose.packed.Packer;
import dev.hognose.wire.KeyedCodec;
import dev.hognose.wire.MalformedRecordException;
import dev.hognose.wire.Parsing;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Of what packs itself, and knows where it ends.
 *
 * @param unpack of a key; what it throws for bytes that cannot be is told as malformed
 */
record PackedCodec<V>(BiConsumer<Packer, V> pack, BiFunction<String, ByteBuffer, V> unpack)
    implements KeyedCodec<V> {

  @Override
  public void encode(Packer out, V value) {
    pack.accept(out, value);
  }

  @Override
  public byte[] encode(V value) {
    Packer out = new Packer();
    encode(out, value);
    return out.bytes();
  }

  @Override
  public V decode(String key, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    V value = read(key, in);
    if (in.hasRemaining()) {
      throw new MalformedRecordException(
          "%d bytes behind what is kept of %s: expected none".formatted(in.remaining(), key));
    }
    return value;
  }

  /**
   * For internal topics, of what is told whole: a serde does not see the key.
   *
   * @param what it is, for messages
   */
  Serde<V> serde(String what) {
    return Serdes.serdeFrom(
        (topic, value) -> value == null ? null : encode(value),
        (topic, bytes) -> bytes == null ? null : decode(what, bytes));
  }

  private V read(String key, ByteBuffer in) {
    try {
      return unpack.apply(key, in);
    } catch (BufferUnderflowException cut) {
      throw new MalformedRecordException(
          "%d bytes of %s: expected more".formatted(in.capacity(), key), cut);
    } catch (IllegalArgumentException
        | IndexOutOfBoundsException
        | ArithmeticException impossible) {
      throw Parsing.impossible(impossible);
    }
  }
}
