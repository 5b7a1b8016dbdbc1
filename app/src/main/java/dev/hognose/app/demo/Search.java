package dev.hognose.app.demo;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How far the search for one fault has come. */
final class Search {

  private final PlantedFault fault;
  private Optional<Instant> traffic = Optional.empty();
  private Optional<Instant> firstBlock = Optional.empty();
  private Optional<Instant> fired = Optional.empty();
  private Optional<Instant> named = Optional.empty();
  private Optional<Alert> latest = Optional.empty();

  Search(PlantedFault fault) {
    this.fault = fault;
  }

  PlantedFault fault() {
    return fault;
  }

  void traffic(String service, Instant since) {
    if (service.equals(fault.service()) && traffic.isEmpty()) {
      traffic = Optional.of(since);
    }
  }

  /** A line that leaks may block, too, when the machine is busy; that does not count. */
  void block(Frame culprit, Instant since) {
    boolean planted = fault.kind() == Alert.Kind.LOOP_BLOCK && culprit.equals(fault.culprit());
    if (planted && firstBlock.stream().noneMatch(since::isAfter)) {
      firstBlock = Optional.of(since);
    }
  }

  void alert(Alert alert, Instant at) {
    fired = fired.or(() -> Optional.of(at));
    latest = Optional.of(alert);
    if (fault.isNamedBy(alert)) {
      named = named.or(() -> Optional.of(at));
    }
  }

  boolean isOver() {
    return named.isPresent();
  }

  /** From the first block, or for a leak from the first request, until an alert fired. */
  Optional<Duration> firedAfter() {
    return fired.flatMap(this::since);
  }

  /** The same, until an alert named the planted line. */
  Optional<Duration> namedAfter() {
    return named.flatMap(this::since);
  }

  /** Where the latest alert says that it is. */
  String culpritFound() {
    if (isOver()) {
      return fault.culprit().toString();
    }
    return latest
        .map(alert -> alert.culprit().map(Frame::toString).orElse("no line"))
        .orElse("nothing");
  }

  private Optional<Duration> since(Instant end) {
    return firstBlock.or(() -> traffic).map(start -> Duration.between(start, end));
  }
}
