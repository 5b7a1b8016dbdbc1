package dev.hognose.sample;

import java.time.Instant;

/** What a time from outside must be: a clock that was never set is no time. */
final class Moment {

  private static final Instant EARLIEST = Instant.parse("2015-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private Moment() {}

  static void check(String what, Instant at) {
    if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          what + "=" + at.toEpochMilli() + ": expected milliseconds since 1970, in 2015 to 2200");
    }
  }
}
