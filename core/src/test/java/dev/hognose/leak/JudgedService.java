package dev.hognose.leak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What the lives of a service have led to.
 *
 * @param words the last one on each place
 */
record JudgedService(
    List<ServiceEvent> events, ServiceHistory history, Map<String, ServiceWord> words) {

  private static final long NOTHING_READ = 0;
  private static final ServiceDetector DETECTOR = new ServiceDetector(ServicePolicy.DEFAULT);

  static JudgedService of(ServiceLives lives) {
    return of(lives.observations());
  }

  static JudgedService of(List<LifeObservation> observations) {
    return of(observations, UnaryOperator.identity());
  }

  /** With what happens to the history between two stretches. */
  static JudgedService of(
      List<LifeObservation> observations, UnaryOperator<ServiceHistory> between) {
    TreeMap<Long, TreeMap<String, LifeObservation>> stretches = new TreeMap<>();
    for (LifeObservation observation : observations) {
      stretches
          .computeIfAbsent(DETECTOR.stretch(observation, NOTHING_READ), n -> new TreeMap<>())
          .merge(observation.place(), observation, LifeObservation::or);
    }
    List<ServiceEvent> events = new ArrayList<>();
    Map<String, ServiceWord> words = new HashMap<>();
    ServiceHistory history = ServiceHistory.initial();
    for (Map.Entry<Long, TreeMap<String, LifeObservation>> over : stretches.entrySet()) {
      ServiceStep step =
          DETECTOR.judge(between.apply(history), over.getKey(), over.getValue().values());
      history = step.history();
      events.addAll(step.events());
      step.words().forEach(word -> words.put(word.place(), word));
    }
    return new JudgedService(events, history, words);
  }

  List<ServiceEvent> onsets() {
    return events.stream().filter(told -> told.event() instanceof LeakEvent.Onset).toList();
  }

  ServiceWord word(String place) {
    return Objects.requireNonNull(words.get(place));
  }

  List<String> accused() {
    return onsets().stream().map(ServiceEvent::place).distinct().sorted().toList();
  }
}
