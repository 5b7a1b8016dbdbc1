package dev.hognose.collector.page;

import dev.hognose.collector.fleet.FleetSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The first page: what fires, what was resolved lately, and every live process.
 *
 * @param notice why it may not be whole, empty when it is
 */
record FleetPage(
    String notice, List<AlertView> firing, List<AlertView> resolved, List<ProcessView> processes) {

  static FleetPage of(FleetSnapshot fleet, Optional<String> waitingFor, Instant now) {
    List<AlertView> alerts =
        fleet.alerts().stream().map(alert -> AlertView.of(alert, now)).toList();
    return new FleetPage(
        waitingFor.orElse(""),
        alerts.stream().filter(AlertView::firing).toList(),
        alerts.stream().filter(alert -> !alert.firing()).toList(),
        fleet.processes().stream().map(ProcessView::of).toList());
  }
}
