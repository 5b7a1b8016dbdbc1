package dev.hognose.app.replay;

import dev.hognose.settings.Durations;
import dev.hognose.settings.SettingException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * A time as it is written on the command line: ISO-8601 with its zone, {@code now}, or {@code -10m}
 * for a while ago.
 */
record WrittenTime(String option, String text) {

  /**
   * Which moment that is.
   *
   * @throws SettingException when it is no time
   */
  Instant at(Instant now) {
    try {
      if (text.equals("now")) {
        return now;
      }
      return text.startsWith("-")
          ? now.minus(Durations.parse(text.substring(1)))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException | IllegalArgumentException refused) {
      throw new SettingException(
          this + ": expected now, -10m, or a time such as 2026-11-21T11:00:00Z");
    }
  }

  @Override
  public String toString() {
    return option + " " + text;
  }
}
