package dev.hognose.collector.otlp;

import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the points of one family into the messages of those whose they are. */
final class FamilyPoints {

  private static final long NANOS_PER_MILLI = Duration.ofMillis(1).toNanos();

  private final MetricName name;
  private final String help;
  private final Optional<Convention> convention;
  private final long atNanos;

  FamilyPoints(MetricMetadata family, Instant at) {
    name = MetricName.of(family);
    help = Optional.ofNullable(family.getHelp()).orElse("");
    convention = Convention.of(family.getName());
    atNanos = at.toEpochMilli() * NANOS_PER_MILLI;
  }

  /** What the conventions call an up-down counter adds up over processes; other gauges do not. */
  void gauge(GaugeDataPointSnapshot point, Export out) {
    NumberDataPoint.Builder number = number(point, point.getValue());
    if (convention.isPresent()) {
      sum(out).setIsMonotonic(false).addDataPoints(number);
    } else {
      metric(out).getGaugeBuilder().addDataPoints(number);
    }
  }

  void counter(CounterDataPointSnapshot point, Export out) {
    NumberDataPoint.Builder number = number(point, point.getValue());
    exemplar(point.getExemplar()).ifPresent(number::addExemplars);
    sum(out).setIsMonotonic(true).addDataPoints(number);
  }

  /** Something that is, as its labels say. */
  void one(DataPointSnapshot point, Export out) {
    metric(out).getGaugeBuilder().addDataPoints(number(point, 1));
  }

  void histogram(HistogramDataPointSnapshot point, Export out) {
    HistogramDataPoint.Builder histogram =
        HistogramDataPoint.newBuilder()
            .setTimeUnixNano(atNanos)
            .setStartTimeUnixNano(point.getCreatedTimestampMillis() * NANOS_PER_MILLI)
            .setSum(point.getSum())
            .setCount(point.getCount())
            .addAllAttributes(Attributes.of(point.getLabels(), convention));
    ClassicHistogramBuckets buckets = point.getClassicBuckets();
    for (int i = 0; i < buckets.size(); i++) {
      histogram.addBucketCounts(buckets.getCount(i));
      if (i < buckets.size() - 1) {
        histogram.addExplicitBounds(buckets.getUpperBound(i));
      }
    }
    metric(out)
        .getHistogramBuilder()
        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
        .addDataPoints(histogram);
  }

  private Metric.Builder metric(Export out) {
    return out.metric(name, help);
  }

  private Sum.Builder sum(Export out) {
    return metric(out)
        .getSumBuilder()
        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
  }

  /** What the conventions count is whole; all else is a number with a point. */
  private NumberDataPoint.Builder number(DataPointSnapshot point, double value) {
    NumberDataPoint.Builder number =
        NumberDataPoint.newBuilder()
            .setTimeUnixNano(atNanos)
            .addAllAttributes(Attributes.of(point.getLabels(), convention));
    if (point.hasCreatedTimestamp()) {
      number.setStartTimeUnixNano(point.getCreatedTimestampMillis() * NANOS_PER_MILLI);
    }
    return convention.isPresent() && !name.unit().equals("s")
        ? number.setAsInt((long) value)
        : number.setAsDouble(value);
  }

  private static Optional<Exemplar> exemplar(
      io.prometheus.metrics.model.snapshots.@Nullable Exemplar example) {
    return Optional.ofNullable(example)
        .map(
            each ->
                Exemplar.newBuilder()
                    .setTimeUnixNano(each.getTimestampMillis() * NANOS_PER_MILLI)
                    .setAsDouble(each.getValue())
                    .addAllFilteredAttributes(Attributes.of(each.getLabels(), Optional.empty()))
                    .build());
  }
}
