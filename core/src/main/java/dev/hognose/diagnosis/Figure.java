package dev.hognose.diagnosis;

/** What is kept of a sample that has one value: levels as they are, totals since the start. */
public enum Figure {
  THREADS(0),
  OPEN_FDS(1),
  FD_LIMIT(2),
  CHILDREN(3),
  /** Threads of native pools, together. */
  POOL_THREADS(4),
  CPU_LIMIT_CORES(5),
  /** Objects in {@code gc.garbage}. */
  GARBAGE(6),
  CPU_SECONDS(7),
  THROTTLED_SECONDS(8),
  /** How long the agent's watchdog waited for the GIL, and how often it came for it. */
  GIL_WAIT_SECONDS(9),
  GIL_WAITS(10),
  GC_SECONDS(11),
  /** Collections of the oldest generation, and the objects that they freed. */
  FULL_COLLECTIONS(12),
  FULL_COLLECTED(13),
  UNCOLLECTABLE(14),
  /** Waiting for a processor, all threads together. */
  RUN_QUEUE_SECONDS(15),
  INVOLUNTARY_SWITCHES(16);

  private final int code;

  Figure(int code) {
    this.code = code;
  }

  /** Its place among the figures, in stores, too: never given to another, and none is left out. */
  int code() {
    return code;
  }
}
