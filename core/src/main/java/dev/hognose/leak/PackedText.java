package dev.hognose.leak;

import dev.hognose.packed.Varint;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Text in packed states: UTF-8 behind its length. */
final class PackedText {

  private PackedText() {}

  static void put(ByteBuffer out, String text) {
    byte[] bytes = bytes(text);
    Varint.put(out, bytes.length);
    out.put(bytes);
  }

  static String get(ByteBuffer in) {
    long length = Varint.get(in);
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Bytes that it takes at most. */
  static int length(String text) {
    return Varint.MOST_BYTES + bytes(text).length;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
