package dev.hognose.wire.capture;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;

/** Numbers that stand at the same place of messages, as differences. */
final class NumberColumn {

  private static final int BITS = 255;
  private static final int MOST_DIGITS = 9;
  private static final double EXACT = 1L << 53;

  private NumberColumn() {}

  static void write(long[] numbers, CodedOutputStream out) throws IOException {
    long before = 0;
    for (long number : numbers) {
      out.writeSInt64NoTag(number - before);
      before = number;
    }
  }

  static long[] read(int count, CodedInputStream in) throws IOException {
    long[] numbers = new long[count];
    long before = 0;
    for (int i = 0; i < count; i++) {
      before += in.readSInt64();
      numbers[i] = before;
    }
    return numbers;
  }

  /** Seconds are measured in decimals: as whole numbers of these they differ by little. */
  static void writeDoubles(long[] bits, CodedOutputStream out) throws IOException {
    int digits = digits(bits);
    out.writeUInt32NoTag(digits);
    if (digits == BITS) {
      write(bits, out);
      return;
    }
    long[] whole = new long[bits.length];
    for (int i = 0; i < bits.length; i++) {
      whole[i] = whole(bits[i], Math.pow(10, digits));
    }
    write(whole, out);
  }

  static long[] readDoubles(int count, CodedInputStream in) throws IOException {
    int digits = in.readUInt32();
    long[] numbers = read(count, in);
    if (digits != BITS) {
      double scale = Math.pow(10, digits);
      for (int i = 0; i < count; i++) {
        numbers[i] = Double.doubleToRawLongBits(numbers[i] / scale);
      }
    }
    return numbers;
  }

  private static int digits(long[] bits) {
    int digits = 0;
    for (int i = 0; i < bits.length; i++) {
      while (!isExact(bits[i], Math.pow(10, digits))) {
        digits++;
        if (digits > MOST_DIGITS) {
          return BITS;
        }
        i = 0;
      }
    }
    // One that needed fewer may not be exact with more.
    for (long each : bits) {
      if (!isExact(each, Math.pow(10, digits))) {
        return BITS;
      }
    }
    return digits;
  }

  private static boolean isExact(long bits, double scale) {
    double whole = Math.rint(Double.longBitsToDouble(bits) * scale);
    return Math.abs(whole) < EXACT
        && Double.doubleToRawLongBits((double) (long) whole / scale) == bits;
  }

  private static long whole(long bits, double scale) {
    return (long) Math.rint(Double.longBitsToDouble(bits) * scale);
  }
}
