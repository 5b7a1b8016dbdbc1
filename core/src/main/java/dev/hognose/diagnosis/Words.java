package dev.hognose.diagnosis;

import dev.hognose.alert.Evidence;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** How signs write figures. */
final class Words {

  private static final int DIGITS = 3;

  private Words() {}

  /** {@code 7 %}, {@code 0.4 %}. */
  static String percent(double ratio) {
    double percent = 100 * ratio;
    return String.format(Locale.ROOT, percent < 10 ? "%.1f %%" : "%.0f %%", percent);
  }

  /** Three digits that matter: {@code 1234}, {@code 12.3}, {@code 0.25}. */
  static String number(double value) {
    double rounded = Math.abs(value) >= 100 ? Math.rint(value) : value;
    return new BigDecimal(rounded)
        .round(new MathContext(Math.abs(value) >= 100 ? 0 : DIGITS))
        .stripTrailingZeros()
        .toPlainString();
  }

  static Evidence ratio(String name, double value) {
    return new Evidence(name, value, "ratio");
  }

  static Evidence count(String name, double value) {
    return new Evidence(name, value, "count");
  }

  static Evidence seconds(String name, double value) {
    return new Evidence(name, value, "seconds");
  }

  static Evidence perHour(String name, double value) {
    return new Evidence(name, value, "per_hour");
  }

  static Evidence perSecond(String name, double value) {
    return new Evidence(name, value, "per_second");
  }
}
