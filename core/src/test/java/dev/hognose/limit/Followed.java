package dev.hognose.limit;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.sample.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/** Keeps what a stream would keep of the worker, and what it would have told. */
final class Followed {

  private final LimitWatch watch = new LimitWatch(LimitPolicy.DEFAULT);
  private final Map<String, Alert> told = new LinkedHashMap<>();
  private final List<Alert> history = new ArrayList<>();
  private final Map<LimitStep.Outcome, Integer> outcomes = new EnumMap<>(LimitStep.Outcome.class);
  private LimitLife life = LimitLife.begin(Worker.PROCESS);

  Followed take(Sample sample) {
    LimitStep step = watch.sampled(life, sample);
    outcomes.merge(step.outcome(), 1, Integer::sum);
    return keep(step);
  }

  /** As often as its interval says, from one minute to before another. */
  Followed take(double from, double to, DoubleFunction<Sample> sampled) {
    double every = sampled.apply(from).interval().toMillis() / 60_000.0;
    long count = Math.round((to - from) / every);
    for (int n = 0; n < count; n++) {
      take(sampled.apply(from + n * every));
    }
    return this;
  }

  Followed stop(Instant at) {
    return keep(watch.stopped(life, at));
  }

  Followed silence() {
    return keep(watch.silence(life));
  }

  private Followed keep(LimitStep step) {
    life = step.life();
    history.addAll(step.alerts());
    step.alerts().forEach(alert -> told.put(alert.id(), alert));
    return this;
  }

  LimitLife life() {
    return life;
  }

  List<Alert> history() {
    return history;
  }

  /** The last word on each alert. */
  List<Alert> told() {
    return List.copyOf(told.values());
  }

  Map<LimitStep.Outcome, Integer> outcomes() {
    return outcomes;
  }

  /** Of an alert's evidence. */
  static double value(Alert alert, String name) {
    return alert.evidence().stream()
        .filter(evidence -> evidence.name().equals(name))
        .mapToDouble(Evidence::value)
        .findAny()
        .orElseThrow();
  }
}
