package dev.hognose.leak;

import dev.hognose.sample.SilencePolicy;
import java.time.Duration;

/**
 * The numbers that decide when a standing leak is told again, how loudly, and when it is over with
 * its process.
 *
 * @param marked a figure that has changed by this factor is worth telling
 * @param critical a leak that reaches its limit within this time cannot wait
 * @param forget a process that was silent for longer is judged from the beginning
 * @param silence when a process counts as silent: its alert is over
 */
public record LeakAlertPolicy(
    double marked, Duration critical, Duration forget, SilencePolicy silence) {

  /** An agent keeps samples for an hour while Kafka is away: two are no gap of its making. */
  public static final LeakAlertPolicy DEFAULT =
      new LeakAlertPolicy(1.5, Duration.ofHours(1), Duration.ofHours(2), SilencePolicy.DEFAULT);

  public LeakAlertPolicy {
    if (!(marked > 1)) {
      throw new IllegalArgumentException("marked=" + marked + ": expected above 1");
    }
  }

  boolean isMarked(double before, double now) {
    double larger = Math.max(Math.abs(before), Math.abs(now));
    double smaller = Math.min(Math.abs(before), Math.abs(now));
    return larger > smaller * marked;
  }

  boolean isMarked(Growth before, Growth now) {
    return before.where() != now.where()
        || isMarked(before.slope().bytesPerHour(), now.slope().bytesPerHour())
        || before.hoursToLimit().isPresent() != now.hoursToLimit().isPresent()
        || isMarked(before.hoursToLimit().orElse(1), now.hoursToLimit().orElse(1));
  }

  boolean isCritical(Growth growth) {
    return growth.hoursToLimit().orElse(Double.MAX_VALUE) * Duration.ofHours(1).toSeconds()
        <= critical.toSeconds();
  }
}
