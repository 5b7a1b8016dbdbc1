package dev.hognose.collector.history;

import java.time.Instant;
import java.util.Optional;

/**
 * A window of the stacks of a service.
 *
 * @param version of the service; all of them when it is absent
 * @param to after {@code from}
 */
public record ProfileQuery(String service, Optional<String> version, Instant from, Instant to) {

  public ProfileQuery {
    if (!to.isAfter(from)) {
      throw new IllegalArgumentException("to=" + to + ": expected a time after " + from);
    }
  }
}
