package dev.hognose.leak;

import dev.hognose.alert.Alert;
import dev.hognose.leak.Observation.Happened;
import dev.hognose.leak.Observation.Sampled;
import dev.hognose.sample.Event;
import dev.hognose.sample.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps what a stream would keep of the shop's process, and what it would have told. */
final class Watched {

  private final LeakWatch watch =
      new LeakWatch(
          LeakPolicy.BALANCED.withBucket(Duration.ofSeconds(1)),
          LeakAlertPolicy.DEFAULT,
          Optional.empty());
  private final Map<String, Alert> told = new LinkedHashMap<>();
  private final List<Alert> history = new ArrayList<>();
  private final List<Trend> trends = new ArrayList<>();
  private LeakLife life = LeakLife.begin(Shop.PROCESS);
  private LeakEvidence evidence = LeakEvidence.NONE;

  Watched take(Sample sample) {
    return keep(watch.next(life, evidence, new Sampled(sample)));
  }

  Watched take(Event event) {
    return keep(watch.next(life, evidence, new Happened(event)));
  }

  Watched silence() {
    return keep(watch.silence(life, evidence));
  }

  private Watched keep(LeakWatchStep step) {
    life = step.life();
    evidence = step.evidence();
    step.trend().ifPresent(trends::add);
    history.addAll(step.alerts());
    step.alerts().forEach(alert -> told.put(alert.id(), alert));
    return this;
  }

  /** As long as the process leaks two mebibytes a second. */
  Watched leak(int from, int to) {
    for (int n = from; n < to; n++) {
      take(Shop.leaking(n));
    }
    return this;
  }

  Alert last() {
    return history.get(history.size() - 1);
  }

  Map<String, Alert> told() {
    return told;
  }

  List<Alert> history() {
    return history;
  }

  List<Trend> trends() {
    return trends;
  }
}
