package dev.hognose.sample;

/** The process ended and could still say so. */
public record Stopped(Reason reason, int exitCode) implements Event.What {

  /** How it came to its end. */
  public enum Reason {
    EXIT,
    SIGNAL,
    EXCEPTION,
    UNKNOWN
  }
}
