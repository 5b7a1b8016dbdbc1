package dev.hognose.collector.metrics;

/** Text from outside as the value of a label: never longer than a line that people read. */
final class LabelValue {

  private static final int LONGEST = 200;

  private LabelValue() {}

  static String of(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end);
  }
}
