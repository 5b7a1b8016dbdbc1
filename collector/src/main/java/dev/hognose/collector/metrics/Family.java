package dev.hognose.collector.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A metric family: what it is called, and the points that each subject adds to it.
 *
 * @param points takes a subject and where to put its points, as many as it has
 * @param <S> what the points are about
 */
record Family<S, D extends DataPointSnapshot>(
    MetricMetadata metadata,
    BiConsumer<S, Consumer<D>> points,
    BiFunction<MetricMetadata, Collection<D>, MetricSnapshot> snapshot) {

  static final @Nullable Unit NO_UNIT = null;

  static <S> Family<S, GaugeDataPointSnapshot> gauge(
      String name,
      @Nullable Unit unit,
      String help,
      BiConsumer<S, Consumer<GaugeDataPointSnapshot>> points) {
    return new Family<>(new MetricMetadata(name, help, unit), points, GaugeSnapshot::new);
  }

  /** A counter, named in full, with its {@code _total}. */
  static <S> Family<S, CounterDataPointSnapshot> counter(
      String name,
      @Nullable Unit unit,
      String help,
      BiConsumer<S, Consumer<CounterDataPointSnapshot>> points) {
    return new Family<>(
        new MetricMetadata(without("_total", name), help, unit), points, CounterSnapshot::new);
  }

  static <S> Family<S, HistogramDataPointSnapshot> histogram(
      String name, String help, BiConsumer<S, Consumer<HistogramDataPointSnapshot>> points) {
    return new Family<>(
        new MetricMetadata(name, help, Unit.SECONDS), points, HistogramSnapshot::new);
  }

  /** How many of something there are now, by how long each takes: not a counter. */
  static <S> Family<S, HistogramDataPointSnapshot> histogramOfNow(
      String name, String help, BiConsumer<S, Consumer<HistogramDataPointSnapshot>> points) {
    return new Family<>(
        new MetricMetadata(name, help, Unit.SECONDS),
        points,
        (metadata, all) -> new HistogramSnapshot(true, metadata, all));
  }

  /** Labels of something that is, named in full, with its {@code _info}. */
  static <S> Family<S, InfoDataPointSnapshot> info(
      String name, String help, BiConsumer<S, Consumer<InfoDataPointSnapshot>> points) {
    return new Family<>(
        new MetricMetadata(without("_info", name), help), points, InfoSnapshot::new);
  }

  MetricSnapshot collect(List<S> subjects) {
    List<D> all = new ArrayList<>(subjects.size());
    Consumer<D> out = all::add;
    subjects.forEach(subject -> points.accept(subject, out));
    return snapshot.apply(metadata, all);
  }

  private static String without(String suffix, String name) {
    if (!name.endsWith(suffix)) {
      throw new IllegalArgumentException("name=" + name + ": expected it to end with " + suffix);
    }
    return name.substring(0, name.length() - suffix.length());
  }
}
