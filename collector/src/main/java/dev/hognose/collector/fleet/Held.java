package dev.hognose.collector.fleet;

import java.time.Instant;

/**
 * A value with its origin.
 *
 * @param partition of the topic that it was read from
 * @param since when it was last heard
 */
record Held<T>(int partition, Instant since, T value) {

  Held<T> heardAgain(Instant at) {
    return at.isAfter(since) ? new Held<>(partition, at, value) : this;
  }
}
