package dev.hognose.collector.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds to classic histograms the same as native ones, for the format that can carry both.
 *
 * <p>An observation is counted in the exponential bucket that holds the upper bound of its classic
 * one, above the last bound in the next: it is no more exact than the classic histogram, and no
 * less: a quantile is at most an eighth of an octave, nine per cent, above the bound that it would
 * have been. Sum and count are those of the classic histogram.
 */
final class NativeHistograms {

  /** Eight buckets an octave: fine enough to keep any two of our bounds apart. */
  private static final int SCHEMA = 3;

  private static final double BUCKETS_PER_OCTAVE = 1 << SCHEMA;

  /** What a logarithm may be wrong by: a bound that is a power of two is the last of its bucket. */
  private static final double ROUNDING = 1e-9;

  /** OpenTelemetry's and Prometheus' default: zero itself, and what no clock can tell from it. */
  private static final double ZERO_THRESHOLD = 0x1p-128;

  private NativeHistograms() {}

  static MetricSnapshots beside(MetricSnapshots classic) {
    return new MetricSnapshots(classic.stream().map(NativeHistograms::beside).toList());
  }

  private static MetricSnapshot beside(MetricSnapshot family) {
    return family instanceof HistogramSnapshot histogram
        ? new HistogramSnapshot(
            histogram.isGaugeHistogram(),
            histogram.getMetadata(),
            histogram.getDataPoints().stream().map(NativeHistograms::both).toList())
        : family;
  }

  private static HistogramDataPointSnapshot both(HistogramDataPointSnapshot point) {
    if (point.hasNativeHistogramData() || !point.hasClassicHistogramData()) {
      return point;
    }
    return new HistogramDataPointSnapshot(
        point.getClassicBuckets(),
        SCHEMA,
        0,
        ZERO_THRESHOLD,
        exponential(point.getClassicBuckets()),
        NativeHistogramBuckets.EMPTY,
        point.getSum(),
        point.getLabels(),
        point.getExemplars(),
        point.getCreatedTimestampMillis());
  }

  private static NativeHistogramBuckets exponential(ClassicHistogramBuckets classic) {
    TreeMap<Integer, Long> counts = new TreeMap<>();
    int index = 0;
    for (int i = 0; i < classic.size(); i++) {
      double bound = classic.getUpperBound(i);
      index = Double.isInfinite(bound) ? index + 1 : index(bound);
      if (classic.getCount(i) > 0) {
        counts.merge(index, classic.getCount(i), Long::sum);
      }
    }
    NativeHistogramBuckets.Builder buckets = NativeHistogramBuckets.builder();
    for (Map.Entry<Integer, Long> each : counts.entrySet()) {
      buckets.bucket(each.getKey(), each.getValue());
    }
    return buckets.build();
  }

  /** Bucket {@code i} ends at 2 to the power of {@code i} eighths, which is in it. */
  private static int index(double bound) {
    return (int) Math.ceil(Math.log(bound) / Math.log(2) * BUCKETS_PER_OCTAVE - ROUNDING);
  }
}
