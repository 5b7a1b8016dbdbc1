package dev.hognose.collector.metrics;

import dev.hognose.collector.fleet.FleetSnapshot;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The fleet's series, made from its state at each scrape: a process that is gone leaves none.
 *
 * <p>Labels are bounded by the live fleet. Values are those of each process's latest sample and
 * carry no time of their own.
 */
public final class FleetMetrics implements MultiCollector {

  private static final List<Family<LabelledProcess, ?>> OF_PROCESSES =
      Stream.of(ProcessFamilies.ALL, PythonFamilies.ALL, HognoseFamilies.ALL)
          .flatMap(List::stream)
          .toList();

  private final Supplier<FleetSnapshot> fleet;

  public FleetMetrics(Supplier<FleetSnapshot> fleet) {
    this.fleet = fleet;
  }

  @Override
  public MetricSnapshots collect() {
    FleetSnapshot now = fleet.get();
    List<LabelledProcess> processes =
        now.processes().stream()
            .map(LabelledProcess::of)
            // As a family sorts its points: it then finds them sorted, sixty times a scrape.
            .sorted(Comparator.comparing(LabelledProcess::labels))
            .toList();
    List<MetricSnapshot> families = new ArrayList<>();
    OF_PROCESSES.forEach(family -> families.add(family.collect(processes)));
    AlertFamilies.ALL.forEach(family -> families.add(family.collect(List.of(now))));
    return new MetricSnapshots(families);
  }
}
