package dev.hognose.leak;

import dev.hognose.packed.Column;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * The packed form of a ring beside the one of half its width.
 *
 * <p>The lowest of two floors is that of both: of those that the finer ring has, too, only their
 * number is written. The others are columns, and most of the rest is near what it is in the finer
 * ring.
 */
final class RingPacking {

  /** What stands for floors with holes between them. */
  private static final int HOLES = Ring.SIZE + 1;

  private static final byte KEPT = 1;
  private static final byte NONE_KEPT = 0;

  private RingPacking() {}

  /**
   * Writes a ring.
   *
   * @param finer of half its width; none at the finest level
   */
  static void put(Packer out, Ring ring, Ring finer) {
    putPresent(out, ring.present());
    if (ring.size() > 0) {
      Varint.putSigned(out, ring.newest() - (finer.newest() >> 1));
    }
    int told = ring.size() - asInFiner(ring, finer);
    out.put((byte) told);
    Column.put(out, numbers(told, ring::resident));
    Column.put(out, numbers(told, ring::python));
    putKept(out, ring.kept());
    Varint.putSigned(out, ring.residentGivenBack() - (long) finer.residentGivenBack());
    Varint.putSigned(out, ring.pythonGivenBack() - (long) finer.pythonGivenBack());
  }

  static Ring get(ByteBuffer in, Ring finer) {
    int present = getPresent(in);
    int size = Integer.bitCount(present);
    long newest = size == 0 ? Ring.EMPTY.newest() : Varint.getSigned(in) + (finer.newest() >> 1);
    int told = in.get();
    if (told < 0 || told > size) {
      throw new IllegalArgumentException("ring of " + told + " floors: expected at most " + size);
    }
    int[] resident = Arrays.copyOf(ints(Column.get(in, told)), size);
    int[] python = Arrays.copyOf(ints(Column.get(in, told)), size);
    long[] buckets = Ring.buckets(newest, present);
    for (int i = told; i < size; i++) {
      resident[i] = lowest(finer, buckets[i], finer::resident);
      python[i] = lowest(finer, buckets[i], finer::python);
    }
    return new Ring(
        newest,
        present,
        resident,
        python,
        getKept(in, size),
        Math.toIntExact(Varint.getSigned(in) + finer.residentGivenBack()),
        Math.toIntExact(Varint.getSigned(in) + finer.pythonGivenBack()));
  }

  /** How many of the newest floors the finer ring tells. */
  private static int asInFiner(Ring ring, Ring finer) {
    long[] buckets = ring.buckets();
    int told = buckets.length;
    while (told > 0 && isAsInFiner(ring, told - 1, finer, buckets[told - 1])) {
      told--;
    }
    return buckets.length - told;
  }

  private static boolean isAsInFiner(Ring ring, int index, Ring finer, long bucket) {
    int first = finer.place(bucket << 1);
    int second = finer.place((bucket << 1) | 1);
    return (first >= 0 || second >= 0)
        && ring.resident(index) == lowest(first, second, finer::resident)
        && ring.python(index) == lowest(first, second, finer::python);
  }

  /** Of the two finer buckets in a wider one. */
  static int lowest(Ring finer, long bucket, IntUnaryOperator figure) {
    int first = finer.place(bucket << 1);
    int second = finer.place((bucket << 1) | 1);
    if (first < 0 && second < 0) {
      throw new IllegalArgumentException("bucket " + bucket + ": expected it in the finer ring");
    }
    return lowest(first, second, figure);
  }

  private static int lowest(int first, int second, IntUnaryOperator figure) {
    int lowest = first < 0 ? Integer.MAX_VALUE : figure.applyAsInt(first);
    return second < 0 ? lowest : Math.min(lowest, figure.applyAsInt(second));
  }

  private static void putPresent(Packer out, int present) {
    int floors = Integer.bitCount(present);
    boolean together = present == (1 << floors) - 1;
    out.put((byte) (together ? floors : HOLES));
    if (!together) {
      Varint.put(out, present);
    }
  }

  private static int getPresent(ByteBuffer in) {
    int floors = in.get();
    long present = floors == HOLES ? Varint.get(in) : (1L << floors) - 1;
    if ((present & ~Ring.WINDOW) != 0 || floors < 0) {
      throw new IllegalArgumentException(
          "ring of " + floors + " floors: expected at most " + Ring.SIZE);
    }
    return (int) present;
  }

  private static void putKept(Packer out, KeptShares kept) {
    out.put(kept.isKnown() ? KEPT : NONE_KEPT);
    if (kept.isKnown()) {
      byte[] shares = kept.bytes();
      Column.put(out, numbers(shares.length, i -> Byte.toUnsignedInt(shares[i])));
    }
  }

  private static KeptShares getKept(ByteBuffer in, int size) {
    if (in.get() != KEPT) {
      return KeptShares.unknown(size);
    }
    long[] numbers = Column.get(in, size);
    byte[] shares = new byte[size];
    for (int i = 0; i < size; i++) {
      shares[i] = (byte) numbers[i];
    }
    return new KeptShares(shares);
  }

  private static long[] numbers(int count, IntUnaryOperator number) {
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = number.applyAsInt(i);
    }
    return numbers;
  }

  private static int[] ints(long[] numbers) {
    int[] ints = new int[numbers.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = (int) numbers[i];
    }
    return ints;
  }
}
