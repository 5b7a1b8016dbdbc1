package dev.hognose.app.console;

/** Makes text that came from outside harmless on a terminal. */
public final class Printable {

  private Printable() {}

  /**
   * Writes control characters, those that turn the direction of writing and those that end a line
   * as {@code \}{@code u001b}; within a JSON string that means the same character.
   */
  public static String escaped(String text) {
    if (text.chars().noneMatch(Printable::harms)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.chars()
        .forEach(
            unit -> {
              if (harms(unit)) {
                escaped.append(String.format("\\u%04x", unit));
              } else {
                escaped.append((char) unit);
              }
            });
    return escaped.toString();
  }

  private static boolean harms(int unit) {
    return switch (Character.getType(unit)) {
      case Character.CONTROL,
              Character.FORMAT,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
