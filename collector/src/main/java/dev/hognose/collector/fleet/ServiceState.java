package dev.hognose.collector.fleet;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is known of one service: its live processes, and its alerts.
 *
 * @param alerts firing ones first
 */
public record ServiceState(String name, List<ProcessState> processes, List<Alert> alerts) {

  public ServiceState {
    processes = List.copyOf(processes);
    alerts = List.copyOf(alerts);
  }

  /** Every service that has a live process or an alert, by name. */
  public static List<ServiceState> all(FleetSnapshot fleet) {
    Map<String, List<ProcessState>> processes = new TreeMap<>();
    Map<String, List<Alert>> alerts = new TreeMap<>();
    fleet
        .processes()
        .forEach(
            each ->
                processes
                    .computeIfAbsent(each.id().service(), none -> new ArrayList<>())
                    .add(each));
    fleet
        .alerts()
        .forEach(
            each -> alerts.computeIfAbsent(each.service(), none -> new ArrayList<>()).add(each));
    Map<String, ServiceState> all = new TreeMap<>();
    for (Set<String> names : List.of(processes.keySet(), alerts.keySet())) {
      for (String name : names) {
        all.put(
            name,
            new ServiceState(
                name,
                processes.getOrDefault(name, List.of()),
                alerts.getOrDefault(name, List.of())));
      }
    }
    return List.copyOf(all.values());
  }

  public long firing() {
    return alerts.stream().filter(alert -> alert.state() == Alert.State.FIRING).count();
  }

  /** Resident memory of all its processes. */
  public Bytes memory() {
    return new Bytes(
        processes.stream().mapToLong(each -> each.latest().memory().rss().count()).sum());
  }

  /** Releases that run, in the order of their processes. */
  public Set<String> versions() {
    Set<String> versions = new LinkedHashSet<>();
    processes.stream()
        .map(each -> each.latest().version())
        .filter(version -> !version.isEmpty())
        .forEach(versions::add);
    return versions;
  }
}
