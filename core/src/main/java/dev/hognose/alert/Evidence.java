package dev.hognose.alert;

import dev.hognose.sample.Bytes;
import dev.hognose.sample.GrowthRate;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * One figure that an alert rests on.
 *
 * @param unit {@code bytes}, {@code bytes_per_hour}, {@code seconds}, {@code ratio}, {@code count},
 *     {@code hours}, {@code unix_seconds} for a moment
 */
public record Evidence(String name, double value, String unit) {

  private static final double MILLIS = 1000;
  private static final double PERCENT = 100;

  /** For people: {@code 1.05 s}, {@code 12.5 MiB}, {@code 3 %}; of hours that are over, none. */
  public String figure() {
    return switch (unit) {
      case "bytes" -> value >= 0 ? new Bytes((long) value).toString() : number() + " bytes";
      case "bytes_per_hour" -> Double.isFinite(value) ? new GrowthRate(value).toString() : number();
      case "seconds" -> value >= 1 ? written("%.3g s", value) : written("%.3g ms", value * MILLIS);
      case "ratio" -> written(value < .1 ? "%.2g %%" : "%.0f %%", value * PERCENT);
      case "hours" -> hours();
      case "count" -> number();
      case "unix_seconds" -> Instant.ofEpochMilli(Math.round(value * MILLIS)).toString();
      default -> (number() + " " + unit).strip();
    };
  }

  /** What is past its end has {@code none left}. */
  private String hours() {
    if (value < 0) {
      return "none left";
    }
    return value >= 2
        ? written("%.0f h", value)
        : written("%.0f min", value * Duration.ofHours(1).toMinutes());
  }

  private String number() {
    return written(value == Math.rint(value) ? "%.0f" : "%.3f", value);
  }

  private static String written(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
