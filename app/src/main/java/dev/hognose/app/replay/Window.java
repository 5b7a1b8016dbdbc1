package dev.hognose.app.replay;

import dev.hognose.settings.SettingException;
import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of the past, in the records' own time.
 *
 * @param warmUp how much of what came before is judged with it, without being told
 * @param to the first moment that is no longer part of it
 */
record Window(Duration warmUp, Instant from, Instant to) {

  /** All of time. */
  static final Window ALWAYS =
      new Window(Duration.ZERO, Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE));

  /**
   * The window that is written on the command line.
   *
   * @throws SettingException when it is none, or not yet past
   */
  static Window of(Duration warmUp, WrittenTime from, WrittenTime to, Instant now) {
    Window window = new Window(warmUp, from.at(now), to.at(now));
    if (!window.from.isBefore(window.to)) {
      throw new SettingException(to + ": expected a time after " + from);
    }
    if (window.to.isAfter(now)) {
      throw new SettingException(to + ": expected a time that has passed");
    }
    return window;
  }

  /** Where reading begins. */
  Instant warmFrom() {
    return from.minus(warmUp);
  }

  boolean reads(long timestampMs) {
    return timestampMs >= warmFrom().toEpochMilli() && timestampMs < to.toEpochMilli();
  }

  boolean tells(Instant at) {
    return !at.isBefore(from) && at.isBefore(to);
  }

  @Override
  public String toString() {
    return from + " to " + to;
  }
}
