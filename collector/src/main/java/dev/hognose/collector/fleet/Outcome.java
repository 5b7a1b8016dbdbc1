package dev.hognose.collector.fleet;

/** What became of a record that could be read. */
public enum Outcome {
  APPLIED,
  /** Older than what is known. */
  STALE
}
