package dev.hognose.leak;

import java.util.List;
import java.util.Optional;

/**
 * What an observation led to.
 *
 * @param history to judge the next observation with
 * @param events in order of their places
 * @param ignored why the observation could not be used; the history is as it was then
 */
public record ServiceStep(
    ServiceHistory history, List<ServiceEvent> events, Optional<Reason> ignored) {

  /** Why an observation could not be used. */
  public enum Reason {
    /** Its stretch is closed already. */
    LATE,
    /** Of a process that lived at this place before. */
    EARLIER_LIFE,
    /** The service has more processes than are followed. */
    CROWDED
  }

  public ServiceStep {
    events = List.copyOf(events);
  }
}
