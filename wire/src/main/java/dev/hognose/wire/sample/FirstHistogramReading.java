package dev.hognose.wire.sample;

import dev.hognose.sample.Histogram;
import dev.hognose.wire.part.HistogramCodec;
import dev.hognose.wire.part.Seconds;

/** A histogram of a sample of the first form: what is observed is time of one process. */
final class FirstHistogramReading {

  private FirstHistogramReading() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException for counts or a sum that cannot be
   */
  static Histogram read(dev.hognose.v1.Histogram m) {
    Seconds.toDuration("histogram sum", m.getSumSeconds());
    return HistogramCodec.read(m);
  }
}
