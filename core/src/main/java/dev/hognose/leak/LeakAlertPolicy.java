package dev.hognose.leak;

import dev.hognose.sample.Multiple;
import dev.hognose.sample.SilencePolicy;
import java.time.Duration;
import java.time.Instant;

/**
 * The numbers that decide when a standing leak is told again, how loudly, and when it is over with
 * its process.
 *
 * @param marked a figure that has changed by this factor is worth telling
 * @param critical a leak that reaches its limit within this time cannot wait
 * @param forget a process that was silent for longer is judged from the beginning
 * @param silence when a process counts as silent: its alert is over
 * @param rest a container that nothing was said of for as many times as its process may be silent
 *     grows no more
 */
public record LeakAlertPolicy(
    double marked, Duration critical, Duration forget, SilencePolicy silence, int rest) {

  /**
   * An agent keeps samples for an hour while Kafka is away: two are no gap of its making. It tells
   * a container that grows on every 60 intervals, which are 20 silences: three of these may pass.
   */
  public static final LeakAlertPolicy DEFAULT =
      new LeakAlertPolicy(1.5, Duration.ofHours(1), Duration.ofHours(2), SilencePolicy.DEFAULT, 60);

  public LeakAlertPolicy {
    if (!(marked > 1)) {
      throw new IllegalArgumentException("marked=" + marked + ": expected above 1");
    }
  }

  /** Since when a container that grows has been told at least. */
  Instant growingSince(LeakLife life, Instant at) {
    return life.heard()
        .map(last -> at.minus(Multiple.of(life.patience(), rest)))
        .orElse(Instant.MIN);
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
