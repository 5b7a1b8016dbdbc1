package dev.hognose.wire.part;

import dev.hognose.sample.Histogram;
import java.util.AbstractList;
import java.util.List;

/** A histogram within other messages; trailing zeros are left out. */
public final class HistogramCodec {

  private HistogramCodec() {}

  public static Histogram read(dev.hognose.v1.Histogram message) {
    if (message.getCountsCount() == 0 && message.getSumSeconds() == 0) {
      return Histogram.EMPTY;
    }
    long[] counts = new long[message.getCountsCount()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = message.getCounts(i);
    }
    return Histogram.of(counts, message.getSumSeconds());
  }

  public static dev.hognose.v1.Histogram write(Histogram histogram) {
    int used = Histogram.buckets();
    while (used > 0 && histogram.count(used - 1) == 0) {
      used--;
    }
    return dev.hognose.v1.Histogram.newBuilder()
        .setSumSeconds(histogram.sumSeconds())
        .addAllCounts(counts(histogram, used))
        .build();
  }

  /** As a list: what is added one by one is copied again and again while it grows. */
  private static List<Long> counts(Histogram histogram, int buckets) {
    return new AbstractList<>() {
      @Override
      public Long get(int bucket) {
        return histogram.count(bucket);
      }

      @Override
      public int size() {
        return buckets;
      }
    };
  }
}
