package dev.hognose.leak;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Text in packed states: UTF-8 behind its length, at most 64 KiB. */
final class PackedText {

  private PackedText() {}

  static void put(ByteBuffer out, String text) {
    byte[] bytes = bytes(text);
    out.putShort((short) bytes.length).put(bytes);
  }

  static String get(ByteBuffer in) {
    byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Bytes that it takes. */
  static int length(String text) {
    return Short.BYTES + bytes(text).length;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
