package dev.hognose.packed;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Text in packed states: UTF-8 behind its length. */
public final class PackedText {

  private PackedText() {}

  public static void put(Packer out, String text) {
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
}
