package dev.hognose.leak;

import java.util.List;

/**
 * What a stretch led to.
 *
 * @param history to judge the next one with
 * @param events in order of their places
 * @param words on every process that was observed; on one whose observation is not judged with the
 *     others, that it is judged alone
 * @param fates of the observations, in their order
 */
public record ServiceStep(
    ServiceHistory history, List<ServiceEvent> events, List<ServiceWord> words, List<Fate> fates) {

  /** What became of an observation. */
  public enum Fate {
    /** Judged in its own stretch. */
    COUNTED,
    /** Judged in a later stretch, as its own was over when it was read. */
    LATE,
    /** Of a process that lived at this place before: ignored, its process is judged alone. */
    EARLIER_LIFE,
    /** Of more processes than are followed: ignored, its process is judged alone. */
    CROWDED;

    boolean counts() {
      return this == COUNTED || this == LATE;
    }
  }

  public ServiceStep {
    events = List.copyOf(events);
    words = List.copyOf(words);
    fates = List.copyOf(fates);
  }
}
