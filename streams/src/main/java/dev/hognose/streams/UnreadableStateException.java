package dev.hognose.streams;

import java.util.Optional;

/**
 * What this program kept before is not what it expects. No record is to blame: going on would judge
 * from a part of what is known, so that the streams end.
 */
final class UnreadableStateException extends RuntimeException {

  private static final long serialVersionUID = 1;

  UnreadableStateException(String what) {
    super(withAdvice(what));
  }

  UnreadableStateException(String what, Throwable cause) {
    super(withAdvice(what), cause);
  }

  private static String withAdvice(String what) {
    return "the state in "
        + what
        + ": stop all instances, reset them as docs/operations.md says under starting over, and"
        + " start again";
  }

  /** Its sentence, when it is the reason of a failure. */
  static Optional<String> sentence(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnreadableStateException unreadable) {
        return Optional.ofNullable(unreadable.getMessage());
      }
    }
    return Optional.empty();
  }
}
