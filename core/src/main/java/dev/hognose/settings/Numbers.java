package dev.hognose.settings;

/** Numbers as people write them: {@code 3}, {@code 0.01}, {@code 1%}. */
public final class Numbers {

  private static final double PERCENT = 100;

  private Numbers() {}

  /**
   * Reads an integer.
   *
   * @throws IllegalArgumentException when it is none; the message says what was expected
   */
  public static int count(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException("expected an integer", notANumber);
    }
  }

  /**
   * Reads a share of one.
   *
   * @throws IllegalArgumentException when it is none; the message says what was expected
   */
  public static double ratio(String text) {
    String written = text.strip();
    boolean isPercent = written.endsWith("%");
    try {
      double number =
          Double.parseDouble(isPercent ? written.substring(0, written.length() - 1) : written);
      return isPercent ? number / PERCENT : number;
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException("expected a ratio such as 0.01 or 1%", notANumber);
    }
  }
}
