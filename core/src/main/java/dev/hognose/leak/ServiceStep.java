package dev.hognose.leak;

import java.util.List;
import java.util.Optional;

/**
 * What an observation led to.
 *
 * @param history to judge the next observation with
 * @param events in order of their places
 * @param words on every process that was observed in a stretch that closed, in the same order; on
 *     the process whose observation is ignored, that it is judged alone
 * @param ignored why the observation could not be used; the history is as it was then
 */
public record ServiceStep(
    ServiceHistory history,
    List<ServiceEvent> events,
    List<ServiceWord> words,
    Optional<Reason> ignored) {

  /** Why an observation could not be used. */
  public enum Reason {
    /** Its stretch is closed already. */
    LATE,
    /** Of a process that lived at this place before. */
    EARLIER_LIFE,
    /** The service has more processes than are followed. */
    CROWDED
  }

  /** That closed no stretch. */
  static ServiceStep of(ServiceHistory history) {
    return new ServiceStep(history, List.of(), List.of(), Optional.empty());
  }

  /** Of an observation that does not count for the others: its process is answered at once. */
  static ServiceStep ignored(ServiceHistory history, Reason why, ServiceWord answer) {
    return new ServiceStep(history, List.of(), List.of(answer), Optional.of(why));
  }

  public ServiceStep {
    events = List.copyOf(events);
    words = List.copyOf(words);
  }
}
