package dev.hognose.collector.metrics;

import static dev.hognose.collector.metrics.Family.NO_UNIT;

import dev.hognose.alert.Alert;
import dev.hognose.collector.fleet.FleetSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is about services: how many processes they have, which alerts, and what is left out. */
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
                      .forEach(at -> out.accept(gauge(fleet.budget().refused(service(at)), at)))),
          Family.<LabelledFleet>gauge(
              "hognose_alerts_firing",
              NO_UNIT,
              "Firing alerts; 0 while the last of them is resolved but not yet forgotten.",
              (fleet, out) ->
                  firing(fleet.state()).forEach((at, count) -> out.accept(gauge(count, at)))),
          Family.<LabelledFleet>info(
              "hognose_alert_info",
              "A firing alert: what it is about, and the culprit in the code.",
              (fleet, out) ->
                  fleet.state().alerts().stream()
                      .filter(alert -> alert.state() == Alert.State.FIRING)
                      .forEach(alert -> out.accept(new InfoDataPointSnapshot(labels(alert))))));

  /**
   * A fleet and how its scrape used the budget.
   *
   * @param budget used by all processes
   */
  record LabelledFleet(FleetSnapshot state, SeriesBudget.Round budget) {}

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

  private static Map<Labels, Integer> firing(FleetSnapshot fleet) {
    Map<Labels, Integer> counts = new LinkedHashMap<>();
    for (Alert alert : fleet.alerts()) {
      Labels labels =
          Labels.of(
              "service", LabelValue.of(alert.service()),
              "kind", word(alert.kind()),
              "severity", word(alert.severity()));
      counts.merge(labels, alert.state() == Alert.State.FIRING ? 1 : 0, Integer::sum);
    }
    return counts;
  }

  private static Labels labels(Alert alert) {
    return Labels.of(
        "alert", LabelValue.of(alert.id()),
        "service", LabelValue.of(alert.service()),
        "host", alert.process().map(process -> process.host()).orElse(""),
        "pid", alert.process().map(process -> Long.toString(process.pid())).orElse(""),
        "kind", word(alert.kind()),
        "severity", word(alert.severity()),
        "cause", LabelValue.of(alert.cause()),
        "culprit", alert.culprit().map(frame -> LabelValue.of(frame.toString())).orElse(""));
  }

  private static GaugeDataPointSnapshot gauge(double value, Labels labels) {
    return new GaugeDataPointSnapshot(value, labels, null);
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
