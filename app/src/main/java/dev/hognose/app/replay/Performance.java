package dev.hognose.app.replay;

import dev.hognose.wire.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Who listens to a replay: the rehearsals that judge, and what writes down what they tell. */
final class Performance implements AutoCloseable {

  private final Rules rules;
  private final List<Rehearsal> beside = new ArrayList<>();
  private Consumer<Telling> alerts;
  private Optional<Rehearsal> main = Optional.empty();
  private Optional<PastSeries> series = Optional.empty();
  private Optional<PastReport> report = Optional.empty();

  Performance(Rules rules, Consumer<Telling> alerts) {
    this.rules = rules;
    this.alerts = alerts;
  }

  void series(PastSeries asked) {
    series = Optional.of(asked);
  }

  void report(PastReport asked) {
    report = Optional.of(asked);
    alerts = alerts.andThen(asked);
  }

  /** Judges under other rules as well. */
  void beside(Rules other, Consumer<Telling> told) {
    beside.add(Rehearsal.of(other, told));
  }

  /** All of them; what a record shows is told before the series hear of it. */
  List<Listener> listeners() {
    main = Optional.of(new Rehearsal(rules, told()));
    List<Listener> listeners = new ArrayList<>();
    main.ifPresent(listeners::add);
    listeners.addAll(beside);
    series.ifPresent(listeners::add);
    report.ifPresent(listeners::add);
    return listeners;
  }

  private Map<String, Consumer<Telling>> told() {
    return series
        .map(asked -> asked.told(alerts))
        .orElseGet(() -> Map.of(Topics.ALERTS.name(), alerts));
  }

  /** After the last record. */
  void end() throws IOException {
    if (series.isPresent()) {
      series.get().end();
    }
  }

  @Override
  public void close() {
    main.ifPresent(Rehearsal::close);
    beside.forEach(Rehearsal::close);
  }
}
