package dev.hognose.packed;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Numbers of double precision, exactly: their most significant bytes up to the last one that is not
 * zero, behind their count. Counts and round figures have two to four bytes so.
 */
public final class PackedDouble {

  private static final byte ALL_THE_SAME = 1;
  private static final byte EACH = 0;

  private PackedDouble() {}

  /** Writes one, not a number included. */
  public static void put(Packer out, double number) {
    long bits = Double.doubleToRawLongBits(number);
    int length = Long.BYTES - Long.numberOfTrailingZeros(bits) / Byte.SIZE;
    out.put((byte) length);
    out.putLowest(length == 0 ? 0 : bits >>> (Long.SIZE - length * Byte.SIZE), length);
  }

  /**
   * Reads what {@link #put} wrote.
   *
   * @throws IllegalArgumentException for a count of more than eight bytes
   */
  public static double get(ByteBuffer in) {
    byte length = in.get();
    if (length < 0 || length > Long.BYTES) {
      throw new IllegalArgumentException(
          "number of " + length + " bytes: expected 0 to " + Long.BYTES);
    }
    long bits = 0;
    for (int i = 1; i <= length; i++) {
      bits |= (in.get() & 0xFFL) << (Long.SIZE - i * Byte.SIZE);
    }
    return Double.longBitsToDouble(bits);
  }

  /** Writes several, as one if all are the same. */
  public static void putAll(Packer out, double[] numbers) {
    boolean same = numbers.length > 0;
    for (int i = 1; i < numbers.length; i++) {
      same &= Double.doubleToRawLongBits(numbers[i]) == Double.doubleToRawLongBits(numbers[0]);
    }
    out.put(same ? ALL_THE_SAME : EACH);
    for (int i = 0; i < (same ? 1 : numbers.length); i++) {
      put(out, numbers[i]);
    }
  }

  /** Reads what {@link #putAll} wrote. */
  public static double[] getAll(ByteBuffer in, int count) {
    double[] numbers = new double[count];
    if (in.get() == ALL_THE_SAME) {
      Arrays.fill(numbers, get(in));
      return numbers;
    }
    for (int i = 0; i < count; i++) {
      numbers[i] = get(in);
    }
    return numbers;
  }
}
