package dev.hognose.service;

import java.time.Duration;

/** By how much a counter has grown. */
final class Grown {

  private Grown() {}

  /** Nothing, when it ran backwards. */
  static Duration since(Duration now, Duration earlier) {
    return atLeastNone(now.minus(earlier));
  }

  static Duration atLeastNone(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}
