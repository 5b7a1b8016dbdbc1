package dev.hognose.sample;

import java.time.Duration;
import java.time.Instant;

/**
 * When a process that says nothing more counts as silent, in the time of its own samples. Reasons:
 * docs/detection.md.
 *
 * @param intervals of its agent that pass without a sample ...
 * @param least ... and a time that they last at least, however short they are
 */
public record SilencePolicy(int intervals, Duration least) {

  /** A loaded host holds a process back for seconds, whatever its interval. */
  public static final SilencePolicy DEFAULT = new SilencePolicy(3, Duration.ofSeconds(20));

  public SilencePolicy {
    if (intervals < 1) {
      throw new IllegalArgumentException("intervals=" + intervals + ": expected 1 or more");
    }
    if (least.isNegative()) {
      throw new IllegalArgumentException("least=" + least + ": expected none or more");
    }
  }

  /** For how long a process that samples at this interval may say nothing. */
  public Duration patience(Duration interval) {
    Duration several = Multiple.of(interval, intervals);
    return several.compareTo(least) > 0 ? several : least;
  }

  /** When a process that has said nothing since this sample counts as silent. */
  public Instant silentAt(Sample last) {
    return last.at().plus(patience(last.interval()));
  }
}
