package dev.hognose.collector.metrics;

import static dev.hognose.collector.metrics.Family.NO_UNIT;

import dev.hognose.collector.fleet.FleetSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many processes services have, and how many series of theirs are left out. */
final class ServiceFamilies {

  static final List<Family<LabelledFleet, ?>> ALL =
      List.of(
          Family.<LabelledFleet>gauge(
              "hognose_processes",
              NO_UNIT,
              "Live processes of the service.",
              (fleet, out) ->
                  processes(fleet.state()).forEach((at, count) -> out.accept(gauge(count, at)))),
          Family.<LabelledFleet>gauge(
              "hognose_series_over_budget",
              NO_UNIT,
              "Series with names from outside that are added up under __other__.",
              (fleet, out) ->
                  processes(fleet.state())
                      .keySet()
                      .forEach(at -> out.accept(gauge(fleet.budget().refused(service(at)), at)))));

  /**
   * A fleet and how its scrape used the budget.
   *
   * @param budget used by all processes
   * @param blocks the alerts that are exemplars
   */
  record LabelledFleet(FleetSnapshot state, SeriesBudget.Round budget, BlockExemplars blocks) {}

  private ServiceFamilies() {}

  private static Map<Labels, Integer> processes(FleetSnapshot fleet) {
    Map<Labels, Integer> counts = new LinkedHashMap<>();
    fleet
        .processes()
        .forEach(
            process -> counts.merge(Labels.of("service", process.id().service()), 1, Integer::sum));
    return counts;
  }

  private static String service(Labels at) {
    return at.get("service");
  }

  static GaugeDataPointSnapshot gauge(double value, Labels labels) {
    return new GaugeDataPointSnapshot(value, labels, null);
  }
}
