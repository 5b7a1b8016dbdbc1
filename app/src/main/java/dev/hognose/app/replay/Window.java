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

  /**
   * An alert is stated in event time, and what shows it may be told a little later: a block when it
   * has ended, growth when its bucket closes.
   */
  private static final Duration AFTERMATH = Duration.ofMinutes(15);

  /** How long an agent keeps what it cannot send: so much later a record may come. */
  private static final Duration LATEST = Duration.ofHours(1);

  /** The same where nothing is kept of what was before a moment. */
  Window keptSince(Instant oldest) {
    return oldest.isAfter(readFrom()) ? new Window(Duration.between(oldest, from), from, to) : this;
  }

  /** Where reading begins. */
  Instant readFrom() {
    return from.minus(warmUp);
  }

  /** Where reading ends: what happened later shows nothing of what was before. */
  Instant readTo() {
    return isOpen() ? to : to.plus(AFTERMATH);
  }

  /** When the last record of the window has come, if its agent was cut off from Kafka. */
  Instant lastArrival() {
    return isOpen() ? to : readTo().plus(LATEST);
  }

  /** Whether it ends with whatever there is. */
  boolean isOpen() {
    return to.equals(ALWAYS.to);
  }

  boolean reads(long timestampMs) {
    return timestampMs >= readFrom().toEpochMilli() && timestampMs < readTo().toEpochMilli();
  }

  boolean tells(Instant at) {
    return !at.isBefore(from) && at.isBefore(to);
  }

  @Override
  public String toString() {
    return from + " to " + to;
  }
}
