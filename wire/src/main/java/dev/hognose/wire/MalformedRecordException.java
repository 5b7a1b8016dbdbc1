package dev.hognose.wire;

/** A record that cannot be read; its message is the reason that a dead letter carries. */
public final class MalformedRecordException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public MalformedRecordException(String reason) {
    super(reason);
  }

  public MalformedRecordException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
