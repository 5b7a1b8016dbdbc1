package dev.hognose.service;

import dev.hognose.sample.EventLoop;
import dev.hognose.sample.Histogram;
import java.time.Duration;

/**
 * What one loop has counted since its process started.
 *
 * @param name unique in the process
 * @param owed blocked time whose lag has not been told: it comes when the block ends
 */
public record LoopTotals(String name, Histogram lag, Duration blocked, Duration owed) {

  static LoopTotals none(String name) {
    return new LoopTotals(name, Histogram.EMPTY, Duration.ZERO, Duration.ZERO);
  }

  /** How the loop spent the stretch from these totals to what it says now. */
  LoopTime until(EventLoop now, Duration stretch) {
    Histogram more = now.lag().since(lag);
    Duration late = late(more);
    Duration explained = Grown.since(now.blocked(), blocked).plus(owed);
    return new LoopTime(
        stretch,
        more.withSum(late),
        late,
        Grown.since(now.blocked(), blocked),
        excess(late.minus(explained), stretch));
  }

  /** A loop is late for one callback after the other: never longer than time has passed. */
  private static Duration excess(Duration unexplained, Duration stretch) {
    return Grown.atLeastNone(unexplained.compareTo(stretch) > 0 ? stretch : unexplained);
  }

  /** What it says now, and what it owes: a loop in a block counts no lag until that ends. */
  LoopTotals next(EventLoop now) {
    Histogram more = now.lag().since(lag);
    Duration lost = Grown.since(now.blocked(), blocked);
    Duration unpaid = more.count() == 0 ? owed.plus(lost) : lost.minus(late(more));
    return new LoopTotals(name, now.lag(), now.blocked(), Grown.atLeastNone(unpaid));
  }

  private static Duration late(Histogram lag) {
    return Duration.ofNanos(Math.round(lag.sumSeconds() * 1e9));
  }
}
