package dev.hognose.limit;

import dev.hognose.sample.SilencePolicy;
import java.time.Duration;

/**
 * The numbers that decide when memory runs out.
 *
 * @param floor width of the buckets whose lowest figures are watched
 * @param most floors that are kept, and that a forecast is made of ...
 * @param least ... and below which none is made
 * @param leastKendall rising pairs of floors less falling ones, in standard deviations of what no
 *     growth gives: the fewer floors, the more must rise
 * @param leastShare of the limit that is used: what is said from less is a guess
 * @param leastGrowth over the floors, as a share of the limit: below it is what any program does
 * @param leastHalf slope of the second half against the whole: a start-up that ends is none
 * @param horizon a limit that is reached within this time is told ...
 * @param critical ... as critical within this time ...
 * @param cleared ... until it is farther away than so many times the horizon
 * @param marked a time left that has changed by this factor is worth telling
 * @param ownShare of the container's growth that the process itself must have: the rest may be page
 *     cache, which the kernel takes back
 * @param near share of the limit from which on a process that vanishes was killed
 * @param silence when a process counts as silent
 * @param vanish how long after that it has vanished
 * @param tell for how long a kill is told
 */
public record LimitPolicy(
    Duration floor,
    int most,
    int least,
    double leastKendall,
    double leastShare,
    double leastGrowth,
    double leastHalf,
    Duration horizon,
    Duration critical,
    double cleared,
    double marked,
    double ownShare,
    double near,
    SilencePolicy silence,
    Duration vanish,
    Duration tell) {

  private static final Duration SHORTEST = Duration.ofMillis(50);

  /** An hour is enough to look, and a floor of a minute still outlasts a request. */
  public static final LimitPolicy DEFAULT =
      new LimitPolicy(
          Duration.ofMinutes(1),
          30,
          12,
          3.9,
          0.8,
          0.005,
          0.3,
          Duration.ofHours(1),
          Duration.ofMinutes(15),
          2,
          1.5,
          0.1,
          0.9,
          SilencePolicy.DEFAULT,
          Duration.ofMinutes(1),
          Duration.ofHours(1));

  public LimitPolicy {
    if (floor.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("floor=" + floor + ": expected 50ms or more");
    }
    if (least < 4 || most < least) {
      throw new IllegalArgumentException(
          "floors " + least + " to " + most + ": expected 4 or more, and no less at most");
    }
  }

  /**
   * The same policy at another pace. With shorter floors every time in it is as much shorter, but
   * the silence, which is the agent's; with longer ones only the floors are longer: a kill is told
   * no later, and no more time is needed to look, because leaks are slow.
   */
  public LimitPolicy withFloor(Duration width) {
    double pace = Math.min(1, (double) width.toNanos() / floor.toNanos());
    return new LimitPolicy(
        width,
        most,
        least,
        leastKendall,
        leastShare,
        leastGrowth,
        leastHalf,
        scaled(horizon, pace),
        scaled(critical, pace),
        cleared,
        marked,
        ownShare,
        near,
        silence,
        scaled(vanish, pace),
        scaled(tell, pace));
  }

  private static Duration scaled(Duration time, double pace) {
    return Duration.ofNanos(Math.round(time.toNanos() * pace));
  }

  /** Floors that are farther apart are not compared. */
  long longestGapFloors() {
    return most;
  }
}
