package dev.hognose.collector.page;

import dev.hognose.alert.Alert;
import dev.hognose.collector.fleet.ServiceState;
import java.time.Instant;
import java.util.List;

/**
 * One service: what fires about it, and its processes.
 *
 * @param processes the first of them; {@code more} is how many there are beside
 */
record ServicePage(
    String name,
    String hotCode,
    List<AlertView> firing,
    List<ProcessView> processes,
    int more,
    int live) {

  private static final int MOST_PROCESSES = 200;
  private static final int MOST_ALERTS = 50;

  static ServicePage of(ServiceState service, Instant now) {
    return new ServicePage(
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
