package dev.hognose.app.console;

/** What was asked for cannot be done; the message is one sentence for the person who asked. */
public final class FailureException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public FailureException(String sentence) {
    super(sentence);
  }

  public FailureException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
