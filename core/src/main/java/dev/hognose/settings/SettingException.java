package dev.hognose.settings;

/** A setting that cannot be used; its message is one sentence for the operator. */
public final class SettingException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  public SettingException(String message) {
    super(message);
  }
}
