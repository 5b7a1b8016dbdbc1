package dev.hognose.leak;

import dev.hognose.packed.Packer;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.CRC32;

/**
 * What all packed states have around them: a version byte before, a CRC-32 of all before it behind.
 *
 * @param what is packed, for messages
 */
record Frame(String what, byte version) {

  private static final int CHECKSUM_BYTES = 4;

  private static final int BYTES = 1 + CHECKSUM_BYTES;

  byte[] write(Consumer<Packer> content) {
    Packer out = new Packer().put(version);
    content.accept(out);
    byte[] packed = out.putInt(0).bytes();
    int body = packed.length - CHECKSUM_BYTES;
    ByteBuffer.wrap(packed).putInt(body, checksum(packed, body));
    return packed;
  }

  /**
   * Reads the content.
   *
   * @throws IllegalArgumentException for what {@link #write} did not write, and for another version
   */
  <T> T read(byte[] packed, Function<ByteBuffer, T> content) {
    check(packed);
    ByteBuffer in = ByteBuffer.wrap(packed, 1, packed.length - BYTES);
    try {
      T read = content.apply(in);
      if (in.hasRemaining()) {
        throw new IllegalArgumentException(
            what + " with " + in.remaining() + " bytes too many: expected none");
      }
      return read;
    } catch (BufferUnderflowException | IndexOutOfBoundsException | ArithmeticException tooShort) {
      throw new IllegalArgumentException(
          what + " of " + packed.length + " bytes: expected more, or other counts", tooShort);
    }
  }

  private void check(byte[] packed) {
    if (packed.length <= CHECKSUM_BYTES) {
      throw new IllegalArgumentException(
          what + " of " + packed.length + " bytes: expected a version and a checksum");
    }
    if (packed[0] != version) {
      throw new IllegalArgumentException(what + " version " + packed[0] + ": expected " + version);
    }
    int body = packed.length - CHECKSUM_BYTES;
    int found = ByteBuffer.wrap(packed).getInt(body);
    int expected = checksum(packed, body);
    if (found != expected) {
      throw new IllegalArgumentException(
          String.format("%s with checksum %08x: expected %08x", what, found, expected));
    }
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
