package dev.hognose.sample;

import java.util.List;
import java.util.Optional;

/**
 * CPython's cyclic collector.
 *
 * @param generations youngest first
 * @param pause of the collections of all generations
 * @param frozen objects set aside by {@code gc.freeze()}
 * @param garbage objects in {@code gc.garbage}
 */
public record GarbageCollector(
    List<Generation> generations, Histogram pause, long frozen, long garbage, Mode mode) {

  public GarbageCollector {
    generations = List.copyOf(generations);
  }

  /**
   * Counts since the process started.
   *
   * @param pause of its collections; empty where the agent did not tell generations apart
   */
  public record Generation(
      long collections, long collected, long uncollectable, Optional<Histogram> pause) {

    /** One whose pauses are not known. */
    public Generation(long collections, long collected, long uncollectable) {
      this(collections, collected, uncollectable, Optional.empty());
    }
  }

  /** Whether it runs by itself. */
  public enum Mode {
    ENABLED,
    DISABLED,
    UNKNOWN
  }
}
