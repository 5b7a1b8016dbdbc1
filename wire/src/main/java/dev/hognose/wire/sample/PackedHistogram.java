package dev.hognose.wire.sample;

import com.google.protobuf.WireFormat;
import dev.hognose.sample.Histogram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A histogram as sample.proto of hognose.v2 has it: the sum in microseconds, then the counts. */
final class PackedHistogram {

  private static final double MICROS = 1e6;

  /** Seventy years. A larger number of microseconds is not the same when it was a double. */
  private static final long LARGEST_SUM = 1L << 51;

  private long[] numbers = new long[Histogram.buckets() + 1];
  private int size;

  /** Takes a field of packed numbers, or of one that is not packed; false for any other. */
  boolean take(int tag, SampleFields from) throws IOException {
    switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_LENGTH_DELIMITED -> from.packed(this);
      case WireFormat.WIRETYPE_VARINT -> add(from.number());
      default -> {
        return false;
      }
    }
    return true;
  }

  void add(long number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    numbers[size++] = number;
  }

  boolean isTold() {
    return size > 0;
  }

  /**
   * What it says; empty when it says nothing.
   *
   * @throws IllegalArgumentException for counts or a sum that cannot be
   */
  Histogram read() {
    if (size == 0 || (size == 1 && numbers[0] == 0)) {
      return Histogram.EMPTY;
    }
    return Histogram.of(Arrays.copyOfRange(numbers, 1, size), seconds(numbers[0]));
  }

  /** The other way, without the zeros behind the last count. */
  static List<Long> write(Histogram histogram) {
    int used = histogram.usedBuckets();
    List<Long> numbers = new ArrayList<>(used + 1);
    numbers.add(Math.round(histogram.sumSeconds() * MICROS));
    for (int bucket = 0; bucket < used; bucket++) {
      numbers.add(histogram.count(bucket));
    }
    return numbers;
  }

  static double seconds(long sum) {
    if (sum < 0 || sum > LARGEST_SUM) {
      throw new IllegalArgumentException(
          "histogram sum="
              + Long.toUnsignedString(sum)
              + ": expected microseconds, at most "
              + LARGEST_SUM);
    }
    return sum / MICROS;
  }
}
