package dev.hognose.packed;

import java.nio.ByteBuffer;

/** Whole numbers in one byte to ten: seven bits each, the lowest first. */
public final class Varint {

  private static final int MOST_BYTES = 10;
  private static final int BITS = 7;
  private static final int MORE = 1 << BITS;

  private Varint() {}

  /** Short for numbers near zero, on both sides of it. */
  public static void putSigned(Packer out, long number) {
    put(out, (number << 1) ^ (number >> (Long.SIZE - 1)));
  }

  public static long getSigned(ByteBuffer in) {
    long folded = get(in);
    return (folded >>> 1) ^ -(folded & 1);
  }

  /**
   * Of numbers that are known to be small.
   *
   * @throws ArithmeticException for one of more than 32 bits
   */
  public static int getInt(ByteBuffer in) {
    return Math.toIntExact(getSigned(in));
  }

  /** Short for small ones; one below zero is taken for a very large one, and takes ten bytes. */
  public static void put(Packer out, long number) {
    long left = number;
    while ((left & -MORE) != 0) {
      out.put((byte) ((left & (MORE - 1)) | MORE));
      left >>>= BITS;
    }
    out.put((byte) left);
  }

  /**
   * Reads what {@link #put} wrote.
   *
   * @throws IllegalArgumentException for a number of more than ten bytes
   */
  public static long get(ByteBuffer in) {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += BITS) {
      byte next = in.get();
      number |= (next & (MORE - 1L)) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        "number of more than " + MOST_BYTES + " bytes: expected 64 bits");
  }
}
