package dev.hognose.collector.fleet;

/**
 * What comes from partitions of its own, and is shown or not by the partition that it came from.
 */
public enum Shown {
  PROCESSES,
  SUMMARIES,
  ALERTS
}
