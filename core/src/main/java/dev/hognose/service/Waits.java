package dev.hognose.service;

import java.time.Duration;

/**
 * What may keep a loop from running that no line of its own code does.
 *
 * @param gil for which the agent's thread waited for the GIL, as any thread does that wakes up
 * @param gc pauses of the cyclic collector
 * @param runQueue for which the loops' threads waited for a processor
 * @param throttled for which the cgroup's quota was used up, added up over its processors
 */
public record Waits(Duration gil, Duration gc, Duration runQueue, Duration throttled) {

  public Waits plus(Waits other) {
    return new Waits(
        gil.plus(other.gil),
        gc.plus(other.gc),
        runQueue.plus(other.runQueue),
        throttled.plus(other.throttled));
  }

  /** Since {@code earlier}; a counter that ran backwards says nothing. */
  Waits since(Waits earlier) {
    return new Waits(
        Grown.since(gil, earlier.gil),
        Grown.since(gc, earlier.gc),
        Grown.since(runQueue, earlier.runQueue),
        Grown.since(throttled, earlier.throttled));
  }
}
