package dev.hognose.streams;

import dev.hognose.diagnosis.Ailment;
import dev.hognose.diagnosis.ProcessStep;
import dev.hognose.diagnosis.Sighting;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which sightings of a process say more than those of its window before: an ill process is sighted
 * in every window, and somebody waits for the first only.
 *
 * <p>No state: after a restart everything is new once.
 */
final class NewSightings {

  /** Of the ill only, and of those what their last judged window showed. */
  private final Map<String, Set<Ailment>> shown = new HashMap<>();

  /** Whether a step shows what the process did not show before, or takes something back. */
  boolean areIn(String process, ProcessStep step) {
    Set<Ailment> before = shown.getOrDefault(process, Set.of());
    boolean areNew =
        step.sightings().stream()
            .anyMatch(
                each ->
                    each.state() == Sighting.State.WITHDRAWN || !before.contains(each.ailment()));
    if (step.outcome() == ProcessStep.Outcome.JUDGED) {
      keep(process, step);
    }
    return areNew;
  }

  private void keep(String process, ProcessStep judged) {
    if (judged.sightings().isEmpty()) {
      shown.remove(process);
    } else {
      shown.put(
          process,
          judged.sightings().stream()
              .map(Sighting::ailment)
              .collect(Collectors.toUnmodifiableSet()));
    }
  }

  void forget(String process) {
    shown.remove(process);
  }
}
