package dev.hognose.collector.fleet;

import dev.hognose.alert.Alert;
import dev.hognose.sample.ProcessId;
import dev.hognose.service.ServiceSummary;
import java.util.List;
import java.util.Optional;

/**
 * The fleet at one moment, immutable.
 *
 * @param processes that live, by service, host, pid and start
 * @param alerts firing ones first, then those that fired last
 * @param summaries the latest minute of each service, by its name
 */
public record FleetSnapshot(
    List<ProcessState> processes, List<Alert> alerts, List<ServiceSummary> summaries) {

  public static final FleetSnapshot EMPTY = new FleetSnapshot(List.of(), List.of(), List.of());

  public FleetSnapshot {
    processes = List.copyOf(processes);
    alerts = List.copyOf(alerts);
    summaries = List.copyOf(summaries);
  }

  public Optional<ProcessState> process(ProcessId id) {
    return processes.stream().filter(process -> process.id().equals(id)).findFirst();
  }

  public Optional<ServiceSummary> summary(String service) {
    return summaries.stream().filter(each -> each.service().equals(service)).findFirst();
  }

  public Optional<Alert> alert(String id) {
    return alerts.stream().filter(alert -> alert.id().equals(id)).findFirst();
  }
}
