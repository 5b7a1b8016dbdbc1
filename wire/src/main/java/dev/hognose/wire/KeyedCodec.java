package dev.hognose.wire;

/** Turns what is kept of a key into bytes and back: what the key says, the bytes need not. */
public interface KeyedCodec<T> {

  byte[] encode(T value);

  /**
   * Reads what {@link #encode} wrote of that key.
   *
   * @throws MalformedRecordException when the bytes are no such message, the figures cannot be, or
   *     the key is of something else
   */
  T decode(String key, byte[] bytes);
}
