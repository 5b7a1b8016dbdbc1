package dev.hognose.wire.state;

import java.time.Instant;
import java.util.Optional;

/** Instants as messages have them: milliseconds since 1970. */
final class Times {

  private Times() {}

  static Optional<Instant> read(boolean present, long ms) {
    return present ? Optional.of(Instant.ofEpochMilli(ms)) : Optional.empty();
  }
}
