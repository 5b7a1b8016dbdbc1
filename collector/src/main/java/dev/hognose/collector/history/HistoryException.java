package dev.hognose.collector.history;

/** The past cannot be read now; the message is one sentence for whoever asked. */
public final class HistoryException extends RuntimeException {

  private static final long serialVersionUID = 1;

  HistoryException(String message) {
    super(message);
  }

  HistoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
