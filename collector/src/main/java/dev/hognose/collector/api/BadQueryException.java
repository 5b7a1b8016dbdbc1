package dev.hognose.collector.api;

/** A query that cannot be answered; its message is one sentence for whoever asked. */
final class BadQueryException extends RuntimeException {

  private static final long serialVersionUID = 1;

  BadQueryException(String message) {
    super(message);
  }
}
