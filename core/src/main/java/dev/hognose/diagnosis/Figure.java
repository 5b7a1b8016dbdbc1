package dev.hognose.diagnosis;

/** What is kept of a sample that has one value: levels as they are, totals since the start. */
public enum Figure {
  THREADS,
  OPEN_FDS,
  FD_LIMIT,
  CHILDREN,
  /** Threads of native pools, together. */
  POOL_THREADS,
  CPU_LIMIT_CORES,
  /** Objects in {@code gc.garbage}. */
  GARBAGE,
  CPU_SECONDS,
  THROTTLED_SECONDS,
  /** How long the agent's watchdog waited for the GIL, and how often it came for it. */
  GIL_WAIT_SECONDS,
  GIL_WAITS,
  GC_SECONDS,
  /** Collections of the oldest generation, and the objects that they freed. */
  FULL_COLLECTIONS,
  FULL_COLLECTED,
  UNCOLLECTABLE,
  /** Waiting for a processor, all threads together. */
  RUN_QUEUE_SECONDS,
  INVOLUNTARY_SWITCHES
}
