package dev.hognose.service;

import dev.hognose.packed.PackedDouble;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import dev.hognose.sample.Histogram;
import java.nio.ByteBuffer;

/** A histogram within packed figures: how many counts it has, those, and its sum. */
final class HistogramPacking {

  private HistogramPacking() {}

  static void put(Packer out, Histogram histogram) {
    int used = histogram.usedBuckets();
    out.put((byte) used);
    for (int bucket = 0; bucket < used; bucket++) {
      Varint.put(out, histogram.count(bucket));
    }
    PackedDouble.put(out, histogram.sumSeconds());
  }

  /**
   * Reads what {@link #put} wrote.
   *
   * @throws IllegalArgumentException for a histogram that cannot be
   */
  static Histogram get(ByteBuffer in) {
    int used = in.get();
    if (used < 0 || used > Histogram.buckets()) {
      throw new IllegalArgumentException(
          "histogram of " + used + " buckets: expected at most " + Histogram.buckets());
    }
    long[] counts = new long[used];
    for (int bucket = 0; bucket < used; bucket++) {
      counts[bucket] = Varint.get(in);
    }
    return Histogram.of(counts, PackedDouble.get(in));
  }
}
