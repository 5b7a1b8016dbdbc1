package dev.hognose.alert;

import dev.hognose.sample.Frame;
import dev.hognose.sample.Retention;
import java.time.Duration;
import java.util.Locale;

/**
 * How alerts write names, places and times for people.
 *
 * <p>Whatever came from a process is hostile until it went through {@link #legible}: no control
 * characters, no text direction tricks, not endless.
 */
public final class Wording {

  private static final char UNPRINTABLE = '\uFFFD';
  private static final int LONGEST_FILE = 500;
  private static final int LONGEST_FUNCTION = 300;
  private static final int LONGEST_CONTAINER = 300;
  private static final int SECONDS_UNTIL_MINUTES = 120;
  private static final int MINUTES_UNTIL_HOURS = 120;

  private Wording() {}

  /** The text without what does not print; what is too long loses its middle. */
  public static String legible(String text, int longest) {
    if (text.length() <= longest && isPlain(text)) {
      return text;
    }
    int[] printable =
        text.codePoints().map(each -> prints(each) ? each : UNPRINTABLE).limit(1L << 16).toArray();
    if (printable.length <= longest) {
      return new String(printable, 0, printable.length);
    }
    int head = longest / 2;
    int tail = longest - head - 1;
    return new String(printable, 0, head)
        + "…"
        + new String(printable, printable.length - tail, tail);
  }

  /** The place without what does not print, and with names of bearable length. */
  public static Frame legible(Frame frame) {
    Frame legible =
        new Frame(
            legible(frame.file(), LONGEST_FILE),
            frame.line(),
            legible(frame.function(), LONGEST_FUNCTION));
    // Most are, and stay shared with the other stacks that have them.
    return legible.equals(frame) ? frame : legible;
  }

  /**
   * The container with a name and entries' types of bearable length, without what does not print.
   */
  public static Retention legible(Retention container) {
    return new Retention(
        legible(container.name(), LONGEST_CONTAINER),
        container.kind(),
        container.entries(),
        container.growthPerHour(),
        container.sampleBytes(),
        container.hits(),
        container.misses(),
        container.maxSize(),
        legible(container.entryTypes(), LONGEST_CONTAINER));
  }

  /** Most names are: not a stream, as each sample has dozens of them. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each < ' ' || each > '~') {
        return false;
      }
    }
    return true;
  }

  private static boolean prints(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** Where, briefly: {@code checkout (shop/views.py:41)}. */
  public static String place(Frame frame) {
    String file = frame.file();
    int name = file.lastIndexOf('/');
    int folder = file.lastIndexOf('/', name - 1);
    return frame.function() + " (" + file.substring(folder + 1) + ":" + frame.line() + ")";
  }

  /** How long: {@code 0.35 s}, {@code 1.5 s}, {@code 42 s}, {@code 12 min}, {@code 3.5 h}. */
  public static String time(Duration duration) {
    double seconds = duration.toMillis() / 1000.0;
    if (seconds < 1) {
      return String.format(Locale.ROOT, "%.2f s", seconds);
    }
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    if (seconds < SECONDS_UNTIL_MINUTES) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
    double minutes = seconds / 60;
    if (minutes < MINUTES_UNTIL_HOURS) {
      return String.format(Locale.ROOT, "%.0f min", minutes);
    }
    return String.format(Locale.ROOT, "%.1f h", minutes / 60);
  }
}
