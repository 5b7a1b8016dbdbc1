package dev.hognose.sample;

import java.util.List;

/**
 * CPython's cyclic collector.
 *
 * @param generations youngest first
 * @param frozen objects set aside by {@code gc.freeze()}
 * @param garbage objects in {@code gc.garbage}
 */
public record GarbageCollector(
    List<Generation> generations, Histogram pause, long frozen, long garbage, Mode mode) {

  public GarbageCollector {
    generations = List.copyOf(generations);
  }

  /** Counts since the process started. */
  public record Generation(long collections, long collected, long uncollectable) {}

  /** Whether it runs by itself. */
  public enum Mode {
    ENABLED,
    DISABLED,
    UNKNOWN
  }
}
