package dev.hognose.collector.page;

import dev.hognose.alert.Alert;
import dev.hognose.collector.fleet.FleetSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The first page: what fires, and what was resolved lately.
 *
 * @param notice why this is not all of the fleet, empty when it is
 * @param services and {@code kinds} that there are alerts of, to choose from
 * @param firing the first of them; {@code firingMore} is how many there are beside
 */
record AlertsPage(
    String notice,
    Wanted wanted,
    List<String> services,
    List<String> kinds,
    List<AlertView> firing,
    long firingMore,
    List<AlertView> resolved,
    long resolvedMore) {

  private static final int MOST_FIRING = 100;
  private static final int MOST_RESOLVED = 50;

  /**
   * What somebody chose to see.
   *
   * @param service empty for all, as is {@code kind}
   */
  record Wanted(String service, String kind) implements Predicate<Alert> {

    @Override
    public boolean test(Alert alert) {
      return (service.isEmpty() || service.equals(alert.service()))
          && (kind.isEmpty() || kind.equals(Wording.word(alert.kind())));
    }
  }

  static AlertsPage of(FleetSnapshot fleet, Optional<String> missing, Wanted wanted, Instant now) {
    List<Alert> chosen = fleet.alerts().stream().filter(wanted).toList();
    List<Alert> firing = chosen.stream().filter(AlertsPage::isFiring).toList();
    List<Alert> resolved = chosen.stream().filter(alert -> !isFiring(alert)).toList();
    return new AlertsPage(
        missing.orElse(""),
        wanted,
        with(fleet.alerts().stream().map(Alert::service), wanted.service()),
        with(fleet.alerts().stream().map(alert -> Wording.word(alert.kind())), wanted.kind()),
        views(firing, MOST_FIRING, now),
        Math.max(0, firing.size() - MOST_FIRING),
        views(resolved, MOST_RESOLVED, now),
        Math.max(0, resolved.size() - MOST_RESOLVED));
  }

  private static boolean isFiring(Alert alert) {
    return alert.state() == Alert.State.FIRING;
  }

  private static List<AlertView> views(List<Alert> alerts, int most, Instant now) {
    return alerts.stream().limit(most).map(alert -> AlertView.of(alert, now)).toList();
  }

  private static List<String> with(Stream<String> choices, String chosen) {
    return Stream.concat(choices, Stream.of(chosen))
        .filter(choice -> !choice.isEmpty())
        .distinct()
        .sorted()
        .toList();
  }
}
