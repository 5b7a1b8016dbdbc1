package dev.hognose.sample;

import java.util.OptionalInt;

/**
 * The process ended and could still say so.
 *
 * @param exitCode as its parent sees it, negative for a signal; empty when the agent could not know
 */
public record Stopped(Reason reason, OptionalInt exitCode) implements Event.What {

  /** One whose exit code is known. */
  public Stopped(Reason reason, int exitCode) {
    this(reason, OptionalInt.of(exitCode));
  }

  /** How it came to its end. */
  public enum Reason {
    EXIT,
    SIGNAL,
    EXCEPTION,
    UNKNOWN
  }
}
