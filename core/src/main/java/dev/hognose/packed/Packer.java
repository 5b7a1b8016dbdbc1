package dev.hognose.packed;

import java.util.Arrays;

/**
 * Bytes that grow as they are written: who packs need not know before how many there will be.
 *
 * <p>Numbers of more than a byte have the highest one first, as {@link java.nio.ByteBuffer} reads
 * them. Not to be shared by threads.
 */
public final class Packer {

  /** More than what every sample changes of a process takes. */
  private static final int FIRST_ROOM = 512;

  private byte[] bytes = new byte[FIRST_ROOM];
  private int size;

  public Packer put(byte one) {
    if (size == bytes.length) {
      makeRoom(1);
    }
    bytes[size++] = one;
    return this;
  }

  public Packer put(byte[] all) {
    makeRoom(all.length);
    System.arraycopy(all, 0, bytes, size, all.length);
    size += all.length;
    return this;
  }

  public Packer putInt(int number) {
    return putLowest(number, Integer.BYTES);
  }

  public Packer putLong(long number) {
    return putLowest(number, Long.BYTES);
  }

  public Packer putDouble(double number) {
    return putLong(Double.doubleToRawLongBits(number));
  }

  /** Writes the lowest bytes of a number. */
  Packer putLowest(long number, int count) {
    makeRoom(count);
    for (int i = count - 1; i >= 0; i--) {
      bytes[size++] = (byte) (number >>> (i * Byte.SIZE));
    }
    return this;
  }

  private void makeRoom(int more) {
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  /** A copy of all that was written. */
  public byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Begins anew in the same room. */
  public Packer clear() {
    size = 0;
    return this;
  }
}
