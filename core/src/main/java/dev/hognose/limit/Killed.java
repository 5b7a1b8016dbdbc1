package dev.hognose.limit;

import java.time.Instant;
import java.util.Optional;

/**
 * A kill for memory that is being told.
 *
 * @param seen how it was known
 * @param kills that the container counted since the sample before, 0 for a process that vanished
 * @param last what was known of its memory
 * @param forecast that stood, if one did
 */
public record Killed(
    Instant firedAt, Seen seen, long kills, LimitUse last, Optional<Forecast> forecast) {

  /** How a kill was known. */
  public enum Seen {
    /** The process said nothing any more, near the limit. */
    VANISHED,
    /** The container's count rose, and the process that says so lives. */
    COUNTED
  }
}
