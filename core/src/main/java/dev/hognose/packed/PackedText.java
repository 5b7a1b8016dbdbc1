package dev.hognose.packed;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Text in packed states: UTF-8 behind its length. */
public final class PackedText {

  /** Two that are one letter together take four. */
  private static final int MOST_OF_CHARACTER = 3;

  private PackedText() {}

  public static void put(ByteBuffer out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Varint.put(out, bytes.length);
    out.put(bytes);
  }

  public static String get(ByteBuffer in) {
    long length = Varint.get(in);
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Bytes that it takes at most. */
  public static int length(String text) {
    return Varint.MOST_BYTES + text.length() * MOST_OF_CHARACTER;
  }
}
