package dev.hognose.collector.page;

import dev.hognose.alert.Alert;
import dev.hognose.collector.fleet.ServiceState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One service: what fires about it, and its processes.
 *
 * @param notice why this is not all of the fleet, empty when it is
 * @param processes the first of them; {@code more} is how many there are beside
 */
record ServicePage(
    String notice,
    String name,
    String hotCode,
    List<AlertView> firing,
    List<ProcessView> processes,
    int more,
    int live) {

  private static final int MOST_PROCESSES = 200;
  private static final int MOST_ALERTS = 50;

  static ServicePage of(ServiceState service, Optional<String> missing, Instant now) {
    return new ServicePage(
        missing.orElse(""),
        service.name(),
        Address.hotCode(service.name()),
        service.alerts().stream()
            .filter(alert -> alert.state() == Alert.State.FIRING)
            .limit(MOST_ALERTS)
            .map(alert -> AlertView.of(alert, now))
            .toList(),
        service.processes().stream().limit(MOST_PROCESSES).map(ProcessView::of).toList(),
        Math.max(0, service.processes().size() - MOST_PROCESSES),
        service.processes().size());
  }
}
