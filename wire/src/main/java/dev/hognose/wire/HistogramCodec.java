package dev.hognose.wire;

import dev.hognose.sample.Histogram;

/** A histogram within other messages; trailing zeros are left out. */
final class HistogramCodec {

  private HistogramCodec() {}

  static Histogram read(dev.hognose.v1.Histogram message) {
    if (message.getCountsCount() == 0 && message.getSumSeconds() == 0) {
      return Histogram.EMPTY;
    }
    long[] counts = new long[message.getCountsCount()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = message.getCounts(i);
    }
    return Histogram.of(counts, message.getSumSeconds());
  }

  static dev.hognose.v1.Histogram write(Histogram histogram) {
    int used = Histogram.buckets();
    while (used > 0 && histogram.count(used - 1) == 0) {
      used--;
    }
    dev.hognose.v1.Histogram.Builder message =
        dev.hognose.v1.Histogram.newBuilder().setSumSeconds(histogram.sumSeconds());
    for (int i = 0; i < used; i++) {
      message.addCounts(histogram.count(i));
    }
    return message.build();
  }
}
