package dev.hognose.collector.metrics;

import dev.hognose.sample.Sample;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A family whose series have names from outside beside their process: each counts against the
 * service's budget, and what is beyond it, or is one when cut to a label, is one series.
 *
 * @param labels by what the series are told apart
 */
record NamedFamily(String name, @Nullable Unit unit, String help, List<String> labels) {

  static final String OTHER = "__other__";

  /** A figure and the names that tell it apart, as many as the family has labels. */
  record Named(double value, List<String> names) {

    static Named of(double value, String... names) {
      return new Named(value, List.of(names));
    }
  }

  NamedFamily {
    labels = List.copyOf(labels);
  }

  Family<LabelledProcess, ?> gauge(Function<Sample, Stream<Named>> figures) {
    return gauge(figures, Double::sum);
  }

  /** Of those without a place of their own the highest is shown, where a sum would say nothing. */
  Family<LabelledProcess, ?> highest(Function<Sample, Stream<Named>> figures) {
    return gauge(figures, Double::max);
  }

  private Family<LabelledProcess, ?> gauge(
      Function<Sample, Stream<Named>> figures, BinaryOperator<Double> together) {
    return Family.<LabelledProcess>gauge(
        name,
        unit,
        help,
        (process, out) ->
            merged(process, figures, together)
                .forEach((at, value) -> out.accept(process.gauge(value, at))));
  }

  Family<LabelledProcess, ?> counter(Function<Sample, Stream<Named>> figures) {
    return Family.<LabelledProcess>counter(
        name,
        unit,
        help,
        (process, out) ->
            merged(process, figures, Double::sum)
                .forEach((at, sum) -> process.count(sum, at, out)));
  }

  private Map<Labels, Double> merged(
      LabelledProcess process,
      Function<Sample, Stream<Named>> figures,
      BinaryOperator<Double> together) {
    Map<Labels, Double> merged = new LinkedHashMap<>();
    figures
        .apply(process.sample())
        .forEach(each -> merged.merge(place(process, each.names()), each.value(), together));
    return merged;
  }

  private Labels place(LabelledProcess process, List<String> names) {
    Labels own = process.labels();
    Labels other = process.labels();
    for (int i = 0; i < labels.size(); i++) {
      own = own.add(labels.get(i), LabelValue.of(names.get(i)));
      other = other.add(labels.get(i), OTHER);
    }
    return process.budget().admits(process.sample().process().service(), name, own) ? own : other;
  }
}
