package dev.hognose.app.demo;

import java.util.Locale;

/** Choices as the contract writes them. */
final class Words {

  private Words() {}

  static String of(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
