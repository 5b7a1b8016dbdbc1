package dev.hognose.collector.metrics;

import dev.hognose.sample.Bytes;
import dev.hognose.sample.Sample;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A number in a sample as a family with one series a process; none where it could not be read. */
final class Figure {

  private static final double NANOS = 1e9;

  private Figure() {}

  static Family<LabelledProcess, ?> gauge(
      String name, @Nullable Unit unit, String help, ToDoubleFunction<Sample> figure) {
    return gaugeIfRead(name, unit, help, sample -> OptionalDouble.of(figure.applyAsDouble(sample)));
  }

  static Family<LabelledProcess, ?> gaugeIfRead(
      String name, @Nullable Unit unit, String help, Function<Sample, OptionalDouble> figure) {
    return gaugeIfKnown(name, unit, help, process -> figure.apply(process.sample()));
  }

  /** The same of anything that is known of a process. */
  static Family<LabelledProcess, ?> gaugeIfKnown(
      String name,
      @Nullable Unit unit,
      String help,
      Function<LabelledProcess, OptionalDouble> figure) {
    return Family.<LabelledProcess>gauge(
        name,
        unit,
        help,
        (process, out) ->
            figure
                .apply(process)
                .ifPresent(value -> out.accept(process.gauge(value, process.labels()))));
  }

  static Family<LabelledProcess, ?> counter(
      String name, @Nullable Unit unit, String help, ToDoubleFunction<Sample> figure) {
    return counterIfRead(
        name, unit, help, sample -> OptionalDouble.of(figure.applyAsDouble(sample)));
  }

  static Family<LabelledProcess, ?> counterIfRead(
      String name, @Nullable Unit unit, String help, Function<Sample, OptionalDouble> figure) {
    return Family.<LabelledProcess>counter(
        name,
        unit,
        help,
        (process, out) ->
            figure
                .apply(process.sample())
                .ifPresent(value -> process.count(value, process.labels(), out)));
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / NANOS;
  }

  static OptionalDouble seconds(Optional<Duration> read) {
    return number(read.map(Figure::seconds));
  }

  static OptionalDouble bytes(Optional<Bytes> read) {
    return number(read.map(bytes -> (double) bytes.count()));
  }

  static OptionalDouble number(OptionalInt read) {
    return read.isPresent() ? OptionalDouble.of(read.getAsInt()) : OptionalDouble.empty();
  }

  static OptionalDouble number(OptionalLong read) {
    return read.isPresent() ? OptionalDouble.of((double) read.getAsLong()) : OptionalDouble.empty();
  }

  static OptionalDouble number(Optional<Double> read) {
    return read.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }
}
