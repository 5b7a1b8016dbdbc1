package dev.hognose.collector.metrics;

import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
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
  private static final int FEW = 4;

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
            merged(
                    process,
                    figures,
                    own -> process.budget().admits(process.state().id().service(), name, own),
                    together)
                .forEach((at, value) -> out.accept(process.gauge(value, at))));
  }

  Family<LabelledProcess, ?> counter(Function<Sample, Stream<Named>> figures) {
    return Family.<LabelledProcess>counter(
        name,
        unit,
        help,
        (process, out) ->
            totals(process, figures).forEach((at, total) -> process.count(total, at, out)));
  }

  private Map<Labels, Double> totals(
      LabelledProcess process, Function<Sample, Stream<Named>> figures) {
    ProcessId id = process.state().id();
    SeriesBudget.Round budget = process.budget();
    Map<Labels, Double> totals =
        merged(process, figures, own -> budget.admitsCounter(id, name, own), Double::sum);
    if (budget.addsUp(id, name)) {
      totals.compute(other(process), (at, sum) -> budget.sum(id, name, sum == null ? 0 : sum));
    }
    return totals;
  }

  private Map<Labels, Double> merged(
      LabelledProcess process,
      Function<Sample, Stream<Named>> figures,
      Predicate<Labels> admits,
      BinaryOperator<Double> together) {
    // Small, for there is one for each process and family at each scrape.
    Map<Labels, Double> merged = new LinkedHashMap<>(FEW);
    figures
        .apply(process.sample())
        .forEach(
            each -> {
              Labels own = process.series().with(beside(each.names()));
              merged.merge(admits.test(own) ? own : other(process), each.value(), together);
            });
    return merged;
  }

  private Labels other(LabelledProcess process) {
    return process.series().with(beside(Collections.nCopies(labels.size(), OTHER)));
  }

  private List<String> beside(List<String> names) {
    List<String> pairs = new ArrayList<>(2 * labels.size());
    for (int i = 0; i < labels.size(); i++) {
      pairs.add(labels.get(i));
      pairs.add(names.get(i));
    }
    return pairs;
  }
}
