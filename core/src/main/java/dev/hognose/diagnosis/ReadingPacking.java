package dev.hognose.diagnosis;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * How stores have a {@link Reading}: its time and number, its figures, the values of its groups.
 *
 * <p>Of a number the bytes up to its last one that is not zero are written, most significant first;
 * how many is in half a byte before. Counts have two to four of eight, what was not read has none.
 */
final class ReadingPacking {

  private static final int ABSENT = 15;
  private static final int HALF = 4;

  private ReadingPacking() {}

  static byte[] pack(long atMs, long sequence, double[] figures, Named[] groups) {
    int most = 2 * Long.BYTES + most(figures.length);
    for (Named group : groups) {
      most += most(group.size());
    }
    ByteBuffer into = ByteBuffer.allocate(most).putLong(atMs).putLong(sequence);
    put(figures, into);
    for (Named group : groups) {
      put(group, into);
    }
    return Arrays.copyOf(into.array(), into.position());
  }

  private static int most(int numbers) {
    return half(numbers) + numbers * Double.BYTES;
  }

  private static int half(int numbers) {
    return (numbers + 1) / 2;
  }

  private static void put(double[] numbers, ByteBuffer into) {
    int lengths = into.position();
    into.position(lengths + half(numbers.length));
    for (int i = 0; i < numbers.length; i++) {
      put(numbers[i], i, lengths, into);
    }
  }

  private static void put(Named group, ByteBuffer into) {
    int lengths = into.position();
    into.position(lengths + half(group.size()));
    for (int i = 0; i < group.size(); i++) {
      put(group.value(i), i, lengths, into);
    }
  }

  private static void put(double number, int place, int lengths, ByteBuffer into) {
    long bits = Double.doubleToRawLongBits(number);
    int length = Long.BYTES - Long.numberOfTrailingZeros(bits) / Byte.SIZE;
    int told = Double.isNaN(number) ? ABSENT : length;
    int at = lengths + place / 2;
    into.put(at, (byte) (into.get(at) | told << (place % 2 * HALF)));
    if (told != ABSENT) {
      int from = into.position();
      // All eight, and over the zeros goes what comes next: the buffer has room for all numbers.
      into.putLong(bits).position(from + length);
    }
  }

  static Reading unpack(byte[] packed, List<Names> names) {
    if (packed.length < 2 * Long.BYTES || names.size() != Reading.GROUPS) {
      throw new IllegalArgumentException(
          "reading of %d bytes and %d groups: expected %d or more, and %d"
              .formatted(packed.length, names.size(), 2 * Long.BYTES, Reading.GROUPS));
    }
    ByteBuffer from = ByteBuffer.wrap(packed);
    long atMs = from.getLong();
    long sequence = from.getLong();
    double[] figures = take(Reading.FIGURES, from);
    Named[] groups = new Named[Reading.GROUPS];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = new Named(names.get(i), take(names.get(i).size(), from));
    }
    if (from.hasRemaining()) {
      throw new IllegalArgumentException(
          "reading with " + from.remaining() + " bytes more than its figures: expected none");
    }
    return Reading.unpacked(atMs, sequence, figures, groups, packed);
  }

  private static double[] take(int count, ByteBuffer from) {
    int lengths = from.position();
    need(half(count), from);
    from.position(lengths + half(count));
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      int told = from.get(lengths + i / 2) >>> (i % 2 * HALF) & ABSENT;
      numbers[i] = told == ABSENT ? Double.NaN : number(told, from);
    }
    return numbers;
  }

  private static double number(int length, ByteBuffer from) {
    need(length, from);
    long bits = 0;
    for (int i = 0; i < length; i++) {
      bits |= (from.get() & 0xFFL) << (Long.SIZE - (i + 1) * Byte.SIZE);
    }
    return Double.longBitsToDouble(bits);
  }

  private static void need(int bytes, ByteBuffer from) {
    if (from.remaining() < bytes) {
      throw new IllegalArgumentException(
          "reading with %d bytes left: expected %d more".formatted(from.remaining(), bytes));
    }
  }
}
