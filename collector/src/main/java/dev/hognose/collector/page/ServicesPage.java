package dev.hognose.collector.page;

import dev.hognose.collector.fleet.FleetSnapshot;
import dev.hognose.collector.fleet.ServiceState;
import dev.hognose.leak.Trend;
import java.util.List;
import java.util.Optional;

/**
 * Every service, the ill ones first.
 *
 * @param notice why this is not all of the fleet, empty when it is
 */
record ServicesPage(String notice, List<Row> services) {

  /** A service in a line. */
  record Row(
      String name,
      String address,
      long firing,
      int processes,
      long leaking,
      String memory,
      String versions) {}

  static ServicesPage of(FleetSnapshot fleet, Optional<String> missing) {
    return new ServicesPage(
        missing.orElse(""),
        ServiceState.all(fleet).stream()
            .map(ServicesPage::row)
            .sorted((one, other) -> Long.compare(other.firing(), one.firing()))
            .toList());
  }

  private static Row row(ServiceState service) {
    return new Row(
        service.name(),
        Address.service(service.name()),
        service.firing(),
        service.processes().size(),
        service.processes().stream()
            .flatMap(each -> each.trend().stream())
            .filter(trend -> trend.verdict() == Trend.Verdict.LEAKING)
            .count(),
        service.memory().toString(),
        String.join(", ", service.versions()));
  }
}
