package dev.hognose.diagnosis;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of a process's time in which no sample can say anything new: its window has an earlier
 * one. Both ends are in it.
 */
public record Settled(long fromMs, long untilMs) {

  static Settled of(Reading newest, Duration window) {
    long end = (newest.window(window) + 1) * window.toMillis() - 1;
    return new Settled(newest.at().toEpochMilli() + 1, end);
  }

  public boolean covers(Instant at) {
    long atMs = at.toEpochMilli();
    return fromMs <= atMs && atMs <= untilMs;
  }
}
