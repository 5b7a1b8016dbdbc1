package dev.hognose.loop;

import java.time.Duration;

/**
 * The numbers that decide when a loop is told that runs late without a block.
 *
 * @param lag of a callback that is due, in the mean over a minute of one process and beyond what
 *     blocks explain
 * @param leastBeats a minute with fewer measurements says nothing
 * @param explains what a wait must make up of the lag to be its cause
 * @param quiet without such a minute this long it is over
 */
public record LoopLagPolicy(Duration lag, int leastBeats, double explains, Duration quiet) {

  public static final LoopLagPolicy DEFAULT =
      new LoopLagPolicy(Duration.ofMillis(20), 60, 0.5, Duration.ofMinutes(10));

  public LoopLagPolicy {
    if (lag.isNegative() || lag.isZero()) {
      throw new IllegalArgumentException("lag=" + lag + ": expected longer than 0");
    }
    if (leastBeats < 1) {
      throw new IllegalArgumentException("leastBeats=" + leastBeats + ": expected 1 or more");
    }
    if (!(explains > 0 && explains <= 1)) {
      throw new IllegalArgumentException("explains=" + explains + ": expected above 0, at most 1");
    }
    if (quiet.toMillis() < 1) {
      throw new IllegalArgumentException("quiet=" + quiet + ": expected 1 ms or longer");
    }
  }

  public LoopLagPolicy withQuiet(Duration other) {
    return new LoopLagPolicy(lag, leastBeats, explains, other);
  }
}
