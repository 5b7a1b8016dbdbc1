package dev.hognose.collector.intake;

/** Another collector has our name in the group; the message is one sentence for the operator. */
public final class NameTakenException extends RuntimeException {

  private static final long serialVersionUID = 1;

  NameTakenException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
