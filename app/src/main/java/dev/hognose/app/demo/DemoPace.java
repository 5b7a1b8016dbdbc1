package dev.hognose.app.demo;

import java.time.Duration;

/**
 * How much faster than in production everything goes, so that hours pass in minutes: same code,
 * other units of time.
 */
final class DemoPace {

  /** In production 10 s. */
  static final String SAMPLES_EVERY = "250ms";

  /** In production 2 minutes; a bucket holds a few samples. */
  static final String LEAK_BUCKET = "1s";

  /** In production 30 minutes. */
  static final String TRACING_AT_MOST_EVERY = "5s";

  /** Few, as there is one reader. */
  static final int PARTITIONS = 4;

  /** What is not found by then is missing. */
  static final Duration CHECK_AT_MOST = Duration.ofMinutes(4);

  private DemoPace() {}
}
