package dev.hognose.app.judge;

import dev.hognose.leak.Growth;
import dev.hognose.leak.LeakEvent;
import dev.hognose.leak.LifeObservation;
import dev.hognose.leak.ServiceDetector;
import dev.hognose.leak.ServiceHistory;
import dev.hognose.leak.ServiceStep;
import dev.hognose.sample.GrowthRate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Judges the processes of one service together, by what each of them shows. */
final class ServiceJudge {

  private final ServiceDetector detector;
  private final Set<String> processes = new HashSet<>();
  private final Map<String, List<LeakEvent.Onset>> onsets = new HashMap<>();
  private final Map<String, Growth> firstGrowth = new HashMap<>();
  private final Map<String, String> firstVersion = new HashMap<>();
  private final TreeMap<Long, SortedMap<String, LifeObservation>> held = new TreeMap<>();
  private ServiceHistory history = ServiceHistory.initial();

  ServiceJudge(ServiceDetector detector) {
    this.detector = detector;
  }

  void meet(String process) {
    processes.add(process);
  }

  /**
   * Takes what a process showed.
   *
   * @param reachedMs event time that the trace has been read up to
   */
  void take(LifeObservation observation, long reachedMs) {
    long stretch = Math.max(detector.stretch(observation, reachedMs), history.stretch() + 1);
    held.computeIfAbsent(stretch, number -> new TreeMap<>())
        .merge(observation.place(), observation, LifeObservation::or);
  }

  /** The trace has been read up to an event time: judges what is over by then. */
  void reached(long reachedMs) {
    long open = detector.open(reachedMs);
    for (long stretch : List.copyOf(held.headMap(open).keySet())) {
      SortedMap<String, LifeObservation> over = Objects.requireNonNull(held.remove(stretch));
      become(detector.judge(history, stretch, over.values()));
    }
  }

  /** The trace is at its end. */
  void end() {
    reached(Long.MAX_VALUE);
  }

  /** One process alone has no peers to be judged by. */
  boolean hasPeers() {
    return processes.size() > 1;
  }

  List<LeakEvent.Onset> onsets(String process) {
    return List.copyOf(onsets.getOrDefault(process, List.of()));
  }

  /** What grew at the first onset. */
  Optional<Growth> firstGrowth(String process) {
    return Optional.ofNullable(firstGrowth.get(process));
  }

  /** Slope of the leak that stands now. */
  Optional<GrowthRate> standing(String process) {
    return history.leak(process).map(leak -> leak.slope());
  }

  /** Version of the program that the first leak began with, empty when it is not known. */
  String firstVersion(String process) {
    return firstVersion.getOrDefault(process, "");
  }

  private void become(ServiceStep step) {
    history = step.history();
    step.words().stream()
        .filter(word -> word.leak().isPresent())
        .forEach(word -> firstVersion.putIfAbsent(word.place(), word.sharing().version()));
    step.events()
        .forEach(
            event -> {
              if (event.event() instanceof LeakEvent.Onset onset) {
                onsets.computeIfAbsent(event.place(), place -> new ArrayList<>()).add(onset);
                history
                    .leak(event.place())
                    .ifPresent(growth -> firstGrowth.putIfAbsent(event.place(), growth));
              }
            });
  }
}
