package dev.hognose.sample;

import java.util.OptionalLong;

/**
 * The container that keeps growing objects alive. Hits and misses are those of an {@code
 * lru_cache}.
 *
 * @param maxSize the most entries that a cache or a deque will have; empty where there is no limit
 * @param entryTypes type names of what it holds, as far as a few entries show; empty when unknown
 */
public record Retention(
    String name,
    Kind kind,
    long entries,
    double growthPerHour,
    Bytes sampleBytes,
    OptionalLong hits,
    OptionalLong misses,
    OptionalLong maxSize,
    String entryTypes)
    implements Event.What {

  public Retention {
    Count.check("entries", entries);
    if (!Double.isFinite(growthPerHour)) {
      throw new IllegalArgumentException(
          "growth_per_hour=" + growthPerHour + ": expected a finite number");
    }
    Count.check("hits", hits);
    Count.check("misses", misses);
    Count.check("max_size", maxSize);
  }

  /** What sort of container it is. */
  public enum Kind {
    MODULE_GLOBAL,
    CLASS_ATTRIBUTE,
    DEFAULT_ARGUMENT,
    CLOSURE,
    LRU_CACHE,
    TYPE,
    UNKNOWN
  }
}
