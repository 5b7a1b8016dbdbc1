package dev.hognose.loop;

import java.time.Duration;
import java.time.Instant;

/** A stretch of event time, from the start of a block to the end of another. */
public record Extent(Instant from, Instant until) {

  Duration length() {
    return Duration.between(from, until);
  }

  Extent and(Extent other) {
    return new Extent(
        from.isBefore(other.from) ? from : other.from,
        until.isAfter(other.until) ? until : other.until);
  }

  /** Whether they overlap, or the gap between them is shorter than {@code quiet}. */
  boolean isNear(Extent other, Duration quiet) {
    return from.isBefore(other.until.plus(quiet)) && other.from.isBefore(until.plus(quiet));
  }
}
