package dev.hognose.collector.metrics;

import static dev.hognose.collector.metrics.Family.NO_UNIT;
import static dev.hognose.collector.metrics.ServiceFamilies.gauge;
import static io.prometheus.metrics.model.snapshots.Unit.BYTES;
import static io.prometheus.metrics.model.snapshots.Unit.SECONDS;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.collector.fleet.FleetSnapshot;
import dev.hognose.collector.metrics.ServiceFamilies.LabelledFleet;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Frame;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which alerts fire, and the figures and places in the code that they rest on. */
final class AlertFamilies {

  static final List<Family<LabelledFleet, ?>> ALL =
      List.of(
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
                      .forEach(
                          alert -> out.accept(new InfoDataPointSnapshot(AlertLabels.of(alert))))),
          Family.<LabelledFleet>gauge(
              "hognose_alert_evidence",
              NO_UNIT,
              "Figures that a firing alert rests on; the labels name each and its unit.",
              AlertFamilies::evidence),
          Family.<LabelledFleet>counter(
              "hognose_loop_blocks_total",
              NO_UNIT,
              "Loop blocks of a firing alert since it began.",
              AlertFamilies::blocks),
          figure(
              "hognose_loop_block_lost_seconds",
              SECONDS,
              "Time in the loop blocks of a firing alert since it began.",
              Alert.Kind.LOOP_BLOCK,
              "lost"),
          figure(
              "hognose_loop_block_worst_seconds",
              SECONDS,
              "The longest loop block of a firing alert.",
              Alert.Kind.LOOP_BLOCK,
              "worst"),
          Family.<LabelledFleet>gauge(
              "hognose_leak_site_bytes",
              BYTES,
              "Memory that survived, by where it was allocated, of a firing leak alert.",
              (fleet, out) -> sites(fleet).forEach((at, bytes) -> out.accept(gauge(bytes, at)))));

  private AlertFamilies() {}

  private static Family<LabelledFleet, ?> figure(
      String name, @Nullable Unit unit, String help, Alert.Kind kind, String evidence) {
    return Family.<LabelledFleet>gauge(
        name,
        unit,
        help,
        (fleet, out) ->
            eachFiring(
                fleet,
                kind,
                alert ->
                    evidence(alert, evidence)
                        .ifPresent(value -> out.accept(gauge(value, AlertLabels.place(alert))))));
  }

  /** Of two figures with one name the first. */
  private static void evidence(LabelledFleet fleet, Consumer<GaugeDataPointSnapshot> out) {
    Map<Labels, Double> figures = new LinkedHashMap<>();
    fleet.state().alerts().stream()
        .filter(alert -> alert.state() == Alert.State.FIRING)
        .forEach(
            alert ->
                alert
                    .evidence()
                    .forEach(
                        each -> figures.putIfAbsent(AlertLabels.of(alert, each), each.value())));
    figures.forEach((at, value) -> out.accept(gauge(value, at)));
  }

  private static void blocks(LabelledFleet fleet, Consumer<CounterDataPointSnapshot> out) {
    eachFiring(
        fleet,
        Alert.Kind.LOOP_BLOCK,
        alert ->
            evidence(alert, "blocks")
                .ifPresent(
                    count ->
                        out.accept(
                            new CounterDataPointSnapshot(
                                Math.max(0, count),
                                AlertLabels.place(alert),
                                fleet.blocks().of(alert.service()).orElse(null),
                                alert.firedAt().toEpochMilli()))));
  }

  private static void eachFiring(LabelledFleet fleet, Alert.Kind kind, Consumer<Alert> each) {
    fleet.state().alerts().stream()
        .filter(alert -> alert.kind() == kind && alert.state() == Alert.State.FIRING)
        .forEach(each);
  }

  private static OptionalDouble evidence(Alert alert, String name) {
    return alert.evidence().stream()
        .filter(each -> each.name().equals(name))
        .mapToDouble(Evidence::value)
        .findFirst();
  }

  /** Sites that are one when cut to a label, and those beyond the budget, are added up. */
  private static Map<Labels, Double> sites(LabelledFleet fleet) {
    Map<Labels, Double> sums = new LinkedHashMap<>();
    eachFiring(
        fleet,
        Alert.Kind.MEMORY_LEAK,
        alert ->
            alert
                .sites()
                .forEach(
                    site ->
                        sums.merge(
                            site(fleet, alert, site), (double) site.bytes().count(), Double::sum)));
    return sums;
  }

  private static Labels site(LabelledFleet fleet, Alert alert, AllocationGrowth.Site site) {
    List<Frame> frames = site.frames();
    String innermost = frames.isEmpty() ? "" : frames.get(frames.size() - 1).toString();
    Labels alone = AlertLabels.alone(alert);
    Labels own = alone.add("site", LabelValue.of(innermost));
    return fleet.budget().admits(alert.service(), "hognose_leak_site_bytes", own)
        ? own
        : alone.add("site", NamedFamily.OTHER);
  }

  private static Map<Labels, Integer> firing(FleetSnapshot fleet) {
    Map<Labels, Integer> counts = new LinkedHashMap<>();
    for (Alert alert : fleet.alerts()) {
      Labels labels =
          Labels.of(
              "service", LabelValue.of(alert.service()),
              "kind", AlertLabels.word(alert.kind()),
              "severity", AlertLabels.word(alert.severity()));
      counts.merge(labels, alert.state() == Alert.State.FIRING ? 1 : 0, Integer::sum);
    }
    return counts;
  }
}
