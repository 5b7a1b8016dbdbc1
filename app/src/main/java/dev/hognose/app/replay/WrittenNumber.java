package dev.hognose.app.replay;

import dev.hognose.settings.Durations;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How people write a value of a policy: {@code 10m}, {@code 5%}, {@code 12}, a choice's name. */
final class WrittenNumber {

  private WrittenNumber() {}

  /** The value in that form. */
  static String of(Object value) {
    return value instanceof Duration duration ? written(duration) : word(value);
  }

  private static String written(Duration duration) {
    long ms = duration.toMillis();
    if (ms % Duration.ofHours(1).toMillis() == 0) {
      return duration.toHours() + "h";
    }
    if (ms % Duration.ofMinutes(1).toMillis() == 0) {
      return duration.toMinutes() + "m";
    }
    return ms % 1000 == 0 ? ms / 1000 + "s" : ms + "ms";
  }

  private static String word(Object value) {
    String text = value.toString();
    return value instanceof Enum<?> ? text.toLowerCase(Locale.ROOT).replace('_', '-') : text;
  }

  /**
   * Reads a value of the same type as the one that stands there.
   *
   * @throws IllegalArgumentException when it is none, or of a sign that it cannot have
   */
  static Object read(Object before, String text) {
    if (before instanceof Duration) {
      return positive(Durations.parse(text));
    }
    if (before instanceof Enum<?> choice) {
      return choice(choice.getDeclaringClass(), text);
    }
    if (before instanceof Double) {
      return number(text);
    }
    // What is 0 by default means none of it; of anything else that is counted there must be one.
    int least = ((Number) before).longValue() == 0 ? 0 : 1;
    int whole = whole(text);
    if (whole < least) {
      throw new IllegalArgumentException("expected " + least + " or more");
    }
    return before instanceof Integer ? (Object) whole : (Object) (long) whole;
  }

  private static Duration positive(Duration duration) {
    if (duration.isZero()) {
      throw new IllegalArgumentException("expected a duration longer than 0");
    }
    return duration;
  }

  private static Object choice(Class<?> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(each -> word(each).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(WrittenNumber::word)
                            .collect(Collectors.joining(", "))));
  }

  private static int whole(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException("expected an integer", notANumber);
    }
  }

  private static double number(String text) {
    String written = text.strip();
    boolean isPercent = written.endsWith("%");
    double number;
    try {
      number = Double.parseDouble(isPercent ? written.substring(0, written.length() - 1) : written);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException("expected a number such as 12, 0.05 or 5%", notANumber);
    }
    if (!(number >= 0) || Double.isInfinite(number)) {
      throw new IllegalArgumentException("expected 0 or more");
    }
    return isPercent ? number / 100 : number;
  }
}
