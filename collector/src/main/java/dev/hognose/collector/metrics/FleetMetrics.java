package dev.hognose.collector.metrics;

import dev.hognose.collector.fleet.FleetSnapshot;
import dev.hognose.collector.fleet.ProcessState;
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
 * <p>Labels are bounded by the live fleet, those with names from outside by a budget too. Values
 * are those of each process's latest sample and carry no time of their own.
 */
public final class FleetMetrics implements MultiCollector {

  private static final List<Family<LabelledProcess, ?>> OF_PROCESSES =
      Stream.of(
              ProcessFamilies.ALL,
              ContainerFamilies.ALL,
              PythonFamilies.ALL,
              NamedFamilies.ALL,
              VerdictFamilies.ALL,
              AgentFamilies.ALL)
          .flatMap(List::stream)
          .toList();

  private final Supplier<FleetSnapshot> fleet;
  private final SeriesBudget budget;
  private final FleetLabels labels = new FleetLabels();

  /**
   * Of what {@code fleet} says at each scrape.
   *
   * @param seriesBudget how many series with names from outside a service may have
   */
  public FleetMetrics(Supplier<FleetSnapshot> fleet, int seriesBudget) {
    this.fleet = fleet;
    this.budget = new SeriesBudget(seriesBudget);
  }

  /** One scrape at a time: they share the labels. Nothing in here waits for anybody. */
  @Override
  public synchronized MetricSnapshots collect() {
    FleetSnapshot now = fleet.get();
    labels.begin(now.processes());
    SeriesBudget.Round round = budget.begin();
    BlockExemplars blocks = new BlockExemplars(now.alerts());
    List<LabelledProcess> processes =
        now.processes().stream()
            .map(process -> labelled(process, round, blocks))
            // As a family sorts its points: it then finds them sorted, sixty times a scrape.
            .sorted(Comparator.comparing(LabelledProcess::labels))
            .toList();
    List<MetricSnapshot> families = new ArrayList<>();
    OF_PROCESSES.forEach(family -> families.add(family.collect(processes)));
    List<ServiceFamilies.LabelledFleet> whole =
        List.of(new ServiceFamilies.LabelledFleet(now, round, blocks));
    // Services last: they tell how the budget was used.
    Stream.of(AlertFamilies.ALL, ServiceFamilies.ALL)
        .flatMap(List::stream)
        .forEach(family -> families.add(family.collect(whole)));
    budget.end(round);
    SummaryFamilies.ALL.forEach(family -> families.add(family.collect(now.summaries())));
    return new MetricSnapshots(families);
  }

  private LabelledProcess labelled(
      ProcessState process, SeriesBudget.Round round, BlockExemplars blocks) {
    return new LabelledProcess(
        process, labels.of(process.id()), round, blocks.of(process.id().service()));
  }
}
