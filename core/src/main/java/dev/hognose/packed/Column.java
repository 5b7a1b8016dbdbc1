package dev.hognose.packed;

import java.nio.ByteBuffer;

/**
 * Whole numbers that stand for the same figure and differ by little: the least of them, and by how
 * much each is more, in as few bits as the largest needs; or the same of their differences, where
 * that is shorter. Of what all differences are multiples of, a power of two, no bit is written.
 *
 * <p>How many there are is told elsewhere.
 */
public final class Column {

  private static final int DIFFERENCES = 1 << 7;

  private Column() {}

  /** Writes numbers, any there are. */
  public static void put(Packer out, long[] numbers) {
    if (numbers.length < 2) {
      for (long number : numbers) {
        Varint.putSigned(out, number);
      }
      return;
    }
    Offsets plain = Offsets.of(numbers);
    long[] differences = differences(numbers);
    Offsets steps = Offsets.of(differences);
    if (steps.width < plain.width) {
      put(out, steps, differences, DIFFERENCES);
      Varint.putSigned(out, numbers[0]);
    } else {
      put(out, plain, numbers, 0);
    }
  }

  private static void put(Packer out, Offsets offsets, long[] numbers, int kind) {
    out.put((byte) (kind | offsets.width));
    if (offsets.width > 0) {
      out.put((byte) offsets.shift);
    }
    Varint.putSigned(out, offsets.least);
    if (offsets.width > 0) {
      Bits.put(out, offsets.above(numbers), offsets.width);
    }
  }

  /**
   * Reads what {@link #put} wrote.
   *
   * @throws IllegalArgumentException for numbers of more than 64 bits
   */
  public static long[] get(ByteBuffer in, int count) {
    if (count < 2) {
      return count == 0 ? new long[0] : new long[] {Varint.getSigned(in)};
    }
    int head = in.get() & 0xFF;
    int width = head & ~DIFFERENCES;
    int shift = width > 0 ? in.get() : 0;
    if (shift < 0 || width + shift > Long.SIZE) {
      throw new IllegalArgumentException(
          "column of %d bits, shifted by %d: expected at most %d"
              .formatted(width, shift, Long.SIZE));
    }
    Offsets offsets = new Offsets(Varint.getSigned(in), shift, width);
    return (head & DIFFERENCES) == 0
        ? offsets.numbers(Bits.get(in, count, width))
        : sums(offsets.numbers(Bits.get(in, count - 1, width)), in);
  }

  private static long[] sums(long[] differences, ByteBuffer in) {
    long[] numbers = new long[differences.length + 1];
    numbers[0] = Varint.getSigned(in);
    for (int i = 1; i < numbers.length; i++) {
      numbers[i] = numbers[i - 1] + differences[i - 1];
    }
    return numbers;
  }

  private static long[] differences(long[] numbers) {
    long[] differences = new long[numbers.length - 1];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = numbers[i + 1] - numbers[i];
    }
    return differences;
  }

  /**
   * How numbers are told by what they are above the least of them. All arithmetic wraps around, so
   * that numbers that are far apart come back, too.
   */
  private record Offsets(long least, int shift, int width) {

    static Offsets of(long[] numbers) {
      long least = numbers[0];
      for (long number : numbers) {
        least = Math.min(least, number);
      }
      long any = 0;
      for (long number : numbers) {
        any |= number - least;
      }
      int shift = any == 0 ? 0 : Long.numberOfTrailingZeros(any);
      return new Offsets(least, shift, Long.SIZE - Long.numberOfLeadingZeros(any >>> shift));
    }

    long[] above(long[] numbers) {
      long[] above = new long[numbers.length];
      for (int i = 0; i < above.length; i++) {
        above[i] = (numbers[i] - least) >>> shift;
      }
      return above;
    }

    long[] numbers(long[] above) {
      for (int i = 0; i < above.length; i++) {
        above[i] = least + (above[i] << shift);
      }
      return above;
    }
  }
}
