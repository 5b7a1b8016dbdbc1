package dev.hognose.app.judge;

/** A trace that cannot be judged; the message is one sentence for the person who gave it. */
final class BadTraceException extends RuntimeException {

  private static final long serialVersionUID = 1;
  private static final int SHOWN = 60;

  BadTraceException(String sentence) {
    super(sentence);
  }

  BadTraceException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /** Text from a trace, made short and harmless on a terminal. */
  static String shown(String text) {
    String harmless = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    return harmless.length() <= SHOWN ? harmless : harmless.substring(0, SHOWN) + "...";
  }
}
