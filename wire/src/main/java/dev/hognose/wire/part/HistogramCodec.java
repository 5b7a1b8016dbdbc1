package dev.hognose.wire.part;

import dev.hognose.sample.Histogram;

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
    int used = histogram.usedBuckets();
    dev.hognose.v1.Histogram.Builder message =
        dev.hognose.v1.Histogram.newBuilder().setSumSeconds(histogram.sumSeconds());
    for (int bucket = 0; bucket < used; bucket++) {
      message.addCounts(histogram.count(bucket));
    }
    return message.build();
  }
}
