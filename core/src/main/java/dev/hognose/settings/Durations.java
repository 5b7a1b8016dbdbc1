package dev.hognose.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 250ms}, {@code 10s}, {@code 5m}, {@code 2h}, {@code 7d}.
 */
public final class Durations {

  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  /** Ten years: what is longer is a mistake, and could not be counted in all units. */
  private static final Duration LONGEST = Duration.ofDays(3650);

  private Durations() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is no duration; the message says what was expected
   */
  public static Duration parse(String text) {
    Matcher written = WRITTEN.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!written.matches()) {
      throw new IllegalArgumentException("expected a duration such as 500ms, 10s or 5m");
    }
    Duration unit = UNITS.getOrDefault(written.group(2), Duration.ZERO);
    Duration duration = unit.multipliedBy(Long.parseLong(written.group(1)));
    if (duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("expected at most " + LONGEST.toDays() + "d");
    }
    return duration;
  }
}
