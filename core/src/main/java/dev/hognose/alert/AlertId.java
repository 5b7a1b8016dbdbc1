package dev.hognose.alert;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * Names an alert after what it is about and when it fired, so that a replay gives it the same name.
 */
public final class AlertId {

  private AlertId() {}

  /**
   * Names it in 32 hexadecimal digits.
   *
   * @param subject what it is about: a process's key, or a service and a fingerprint
   */
  public static String of(Alert.Kind kind, String subject, Instant firedAt) {
    String named = kind + "\n" + subject + "\n" + firedAt.toEpochMilli();
    return UUID.nameUUIDFromBytes(named.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }
}
