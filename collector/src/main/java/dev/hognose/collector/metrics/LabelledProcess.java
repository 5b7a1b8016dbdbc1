package dev.hognose.collector.metrics;

import dev.hognose.collector.fleet.ProcessState;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.Sample;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A process with its labels; it makes the points that carry them.
 *
 * @param series the labels of its series
 * @param budget of this scrape
 * @param block an alert of the blocks of the service's loops, as an exemplar
 */
record LabelledProcess(
    ProcessState state, ProcessLabels series, SeriesBudget.Round budget, Optional<Exemplar> block) {

  private static final double[] BOUNDS = bounds();

  /** Bounds of the wire, too, so that each observation keeps its place. */
  private static final double[] DECADES = {0.001, 0.01, 0.1, 1, Double.POSITIVE_INFINITY};

  Labels labels() {
    return series.own();
  }

  Sample sample() {
    return state.latest();
  }

  Labels with(String label, String value) {
    return series.with(List.of(label, value));
  }

  Labels with(String label, String value, String other, String otherValue) {
    return series.with(List.of(label, value, other, otherValue));
  }

  GaugeDataPointSnapshot gauge(double value, Labels labelled) {
    return new GaugeDataPointSnapshot(value, labelled, null);
  }

  /** A counter cannot be negative: such a figure is not shown. */
  void count(double value, Labels labelled, Consumer<CounterDataPointSnapshot> out) {
    count(value, labelled, Optional.empty(), out);
  }

  /** The same with an example of what was counted. */
  void count(
      double value,
      Labels labelled,
      Optional<Exemplar> example,
      Consumer<CounterDataPointSnapshot> out) {
    if (value >= 0) {
      out.accept(
          new CounterDataPointSnapshot(value, labelled, example.orElse(null), startedMillis()));
    }
  }

  /** In the buckets of the wire. */
  static ClassicHistogramBuckets buckets(Histogram observed) {
    long[] counts = new long[BOUNDS.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = observed.count(i);
    }
    return ClassicHistogramBuckets.of(BOUNDS, counts);
  }

  HistogramDataPointSnapshot histogram(Histogram observed, Labels labelled) {
    return histogram(observed, labelled, buckets(observed));
  }

  /** In decades only, a third of the series: for what is asked how much there was of each order. */
  HistogramDataPointSnapshot decades(Histogram observed, Labels labelled) {
    long[] counts = new long[DECADES.length];
    int decade = 0;
    for (int i = 0; i < BOUNDS.length; i++) {
      if (BOUNDS[i] > DECADES[decade]) {
        decade++;
      }
      counts[decade] += observed.count(i);
    }
    return histogram(observed, labelled, ClassicHistogramBuckets.of(DECADES, counts));
  }

  private HistogramDataPointSnapshot histogram(
      Histogram observed, Labels labelled, ClassicHistogramBuckets buckets) {
    return new HistogramDataPointSnapshot(
        buckets, observed.sumSeconds(), labelled, Exemplars.EMPTY, startedMillis());
  }

  InfoDataPointSnapshot info(Labels labelled) {
    return new InfoDataPointSnapshot(labelled);
  }

  private long startedMillis() {
    return state.id().startedAt().toEpochMilli();
  }

  private static double[] bounds() {
    double[] bounds = Arrays.copyOf(Histogram.bounds(), Histogram.buckets());
    bounds[bounds.length - 1] = Double.POSITIVE_INFINITY;
    return bounds;
  }
}
