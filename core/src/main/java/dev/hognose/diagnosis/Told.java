package dev.hognose.diagnosis;

import java.time.Instant;

/**
 * What was last said about a case.
 *
 * @param id of the alert
 * @param weight of the strongest sign
 * @param updatedAt of the alert
 */
public record Told(String id, int processes, double weight, Life life, Instant updatedAt) {

  /** Where the alert was in its life. */
  public enum Life {
    FIRING,
    RESOLVED
  }
}
