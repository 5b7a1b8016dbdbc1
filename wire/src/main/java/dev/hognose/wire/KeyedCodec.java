package dev.hognose.wire;

import dev.hognose.packed.Packer;

/** Turns what is kept of a key into bytes and back: what the key says, the bytes need not. */
public interface KeyedCodec<T> {

  byte[] encode(T value);

  /** Writes it behind other bytes. */
  default void encode(Packer out, T value) {
    out.put(encode(value));
  }

  /**
   * Reads what {@link #encode} wrote of that key.
   *
   * @throws MalformedRecordException when the bytes are no such message, the figures cannot be, or
   *     the key is of something else
   */
  T decode(String key, byte[] bytes);
}
