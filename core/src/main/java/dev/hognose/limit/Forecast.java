package dev.hognose.limit;

import dev.hognose.sample.Bytes;
import dev.hognose.sample.GrowthRate;
import java.time.Duration;

/**
 * When memory reaches the limit if it goes on like this.
 *
 * @param whose memory, the process's or its container's
 * @param memory last floor, and how far the process rose above its floors: what is reached at times
 * @param left until the limit is reached, none if it is
 */
public record Forecast(Whose whose, Bytes memory, Bytes limit, GrowthRate slope, Duration left) {

  /** Whose memory grows towards the limit. */
  public enum Whose {
    PROCESS,
    CONTAINER
  }
}
