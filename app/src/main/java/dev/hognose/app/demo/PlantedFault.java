package dev.hognose.app.demo;

import dev.hognose.alert.Alert;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Frame;

/**
 * A fault that was put into a service on purpose, and how it must be found.
 *
 * @param cause what the culprit waits for, empty where that is no question
 * @param culprit the planted line
 * @param twin the same work done right, in a service of its own, which must not be accused
 */
record PlantedFault(
    String name,
    String service,
    Alert.Kind kind,
    String cause,
    Frame culprit,
    String twin,
    String twinService) {

  /** Whether the alert is of the sort that is expected, whatever line it names. */
  boolean isMeantBy(Alert alert) {
    return alert.service().equals(service) && alert.kind() == kind && alert.cause().equals(cause);
  }

  /** Whether the alert names the planted line, as its culprit or where memory was allocated. */
  boolean isNamedBy(Alert alert) {
    return alert.culprit().stream().anyMatch(culprit::equals)
        || alert.sites().stream().anyMatch(this::allocates);
  }

  private boolean allocates(AllocationGrowth.Site site) {
    int frames = site.frames().size();
    return frames > 0 && site.frames().get(frames - 1).equals(culprit);
  }
}
