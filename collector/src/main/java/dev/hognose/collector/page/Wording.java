package dev.hognose.collector.page;

import dev.hognose.alert.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures, times and choices in the words that people read. */
final class Wording {

  /** Stands where nothing is known; not a zero. */
  static final String UNKNOWN = "–";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final double PERCENT = 100;

  private Wording() {}

  /** {@code 2026-03-01 08:00:00 UTC}. */
  static String at(Instant at) {
    return TIME.format(at);
  }

  /** {@code 2026-03-01 08:00:00 UTC, 5 min ago}. */
  static String since(Instant at, Instant now) {
    return at(at) + ", " + ago(Duration.between(at, now));
  }

  static String ago(Duration age) {
    if (age.toSeconds() < 1) {
      return "just now";
    }
    if (age.toMinutes() < 2) {
      return age.toSeconds() + " s ago";
    }
    if (age.toHours() < 2) {
      return age.toMinutes() + " min ago";
    }
    return age.toDays() < 2 ? age.toHours() + " h ago" : age.toDays() + " days ago";
  }

  static String choice(Enum<?> choice) {
    return word(choice).replace('_', ' ');
  }

  /** As the wire has it. */
  static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  static String cores(double cores) {
    return String.format(Locale.ROOT, "%.0f %%", cores * PERCENT);
  }

  /** A bound that was not passed: {@code ≤ 25 ms}; above the last there is none. */
  static String atMost(double seconds, double highest) {
    if (seconds > highest) {
      return "> " + seconds(highest);
    }
    return "≤ " + seconds(seconds);
  }

  static String seconds(double seconds) {
    return new Evidence("", seconds, "seconds").figure();
  }
}
