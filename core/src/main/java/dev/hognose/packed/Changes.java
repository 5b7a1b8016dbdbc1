package dev.hognose.packed;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Numbers of one moment as what has changed since the moment before, exactly.
 *
 * <p>A bit for each says whether it is another than before. Of those that are, half a byte says how
 * the number is told: as a difference in ones or in millionths, in one byte to six, or whole. What
 * is not a number was not there.
 */
public final class Changes {

  private static final int HALF = 4;
  private static final int MOST_BYTES = 6;
  private static final int MILLIONTHS = MOST_BYTES;
  private static final int WHOLE = 2 * MOST_BYTES + 1;
  private static final int ABSENT = 15;
  private static final double MILLION = 1e6;
  private static final double EXACT = 1L << 53;

  private Changes() {}

  /**
   * Writes numbers.
   *
   * @param before as many, each what the one at its place was
   */
  public static void put(Packer out, double[] numbers, double[] before) {
    long[] others = new long[numbers.length];
    long[] kinds = new long[numbers.length];
    int changed = 0;
    for (int i = 0; i < numbers.length; i++) {
      if (!isSame(numbers[i], before[i])) {
        others[i] = 1;
        kinds[changed++] = kind(numbers[i], before[i]);
      }
    }
    Bits.put(out, others, 1);
    Bits.put(out, Arrays.copyOf(kinds, changed), HALF);
    int next = 0;
    for (int i = 0; i < numbers.length; i++) {
      if (others[i] == 1) {
        put(out, numbers[i], before[i], (int) kinds[next++]);
      }
    }
  }

  private static boolean isSame(double number, double before) {
    return Double.doubleToLongBits(number) == Double.doubleToLongBits(before);
  }

  private static int kind(double number, double before) {
    if (Double.isNaN(number)) {
      return ABSENT;
    }
    int ones = bytes(number, before, 1);
    if (ones <= MOST_BYTES) {
      return ones;
    }
    int millionths = bytes(number, before, MILLION);
    return millionths <= MOST_BYTES ? MILLIONTHS + millionths : WHOLE;
  }

  /** Bytes of the difference; too many where it does not give the number back. */
  private static int bytes(double number, double before, double scale) {
    long difference = folded(scaled(number, scale) - scaled(before, scale));
    int bytes = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(difference) + 7) / Byte.SIZE);
    boolean exact =
        Math.abs(number * scale) < EXACT
            && isSame(number, sum(before, unfolded(difference), scale));
    return exact ? bytes : Long.BYTES;
  }

  private static long scaled(double number, double scale) {
    return Math.abs(number * scale) < EXACT ? (long) Math.rint(number * scale) : 0;
  }

  private static double sum(double before, long difference, double scale) {
    return (scaled(before, scale) + difference) / scale;
  }

  private static void put(Packer out, double number, double before, int kind) {
    if (kind == WHOLE) {
      out.putDouble(number);
    } else if (kind != ABSENT) {
      double scale = kind > MILLIONTHS ? MILLION : 1;
      int bytes = kind > MILLIONTHS ? kind - MILLIONTHS : kind;
      long difference = folded(scaled(number, scale) - scaled(before, scale));
      out.putLowest(difference, bytes);
    }
  }

  /**
   * Reads what {@link #put} wrote.
   *
   * @param before what each was
   * @throws IllegalArgumentException for a kind of number that there is not
   */
  public static double[] get(ByteBuffer in, double[] before) {
    long[] others = Bits.get(in, before.length, 1);
    int changed = 0;
    for (long other : others) {
      changed += (int) other;
    }
    long[] kinds = Bits.get(in, changed, HALF);
    double[] numbers = before.clone();
    int next = 0;
    for (int i = 0; i < numbers.length; i++) {
      if (others[i] == 1) {
        numbers[i] = get(in, before[i], (int) kinds[next++]);
      }
    }
    return numbers;
  }

  private static double get(ByteBuffer in, double before, int kind) {
    if (kind == ABSENT || kind == WHOLE) {
      return kind == ABSENT ? Double.NaN : in.getDouble();
    }
    if (kind < 1 || kind > WHOLE) {
      throw new IllegalArgumentException("number of kind " + kind + ": expected 1 to " + WHOLE);
    }
    int bytes = kind > MILLIONTHS ? kind - MILLIONTHS : kind;
    long difference = 0;
    for (int i = 0; i < bytes; i++) {
      difference = (difference << Byte.SIZE) | (in.get() & 0xFF);
    }
    return sum(before, unfolded(difference), kind > MILLIONTHS ? MILLION : 1);
  }

  private static long folded(long number) {
    return (number << 1) ^ (number >> (Long.SIZE - 1));
  }

  private static long unfolded(long folded) {
    return (folded >>> 1) ^ -(folded & 1);
  }
}
