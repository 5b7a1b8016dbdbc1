package dev.hognose.alert;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

  /**
   * Names what fires once within a stretch of time at most, and whose very moment depends on which
   * process was read first.
   *
   * @param slot how long the stretches are that time is divided into, from the epoch on
   */
  public static String of(Alert.Kind kind, String subject, Instant firedAt, Duration slot) {
    long slots = Math.floorDiv(firedAt.toEpochMilli(), slot.toMillis());
    return of(kind, subject, Instant.ofEpochMilli(slots * slot.toMillis()));
  }
}
