package dev.hognose.sample;

import java.util.OptionalLong;

/**
 * The container that keeps growing objects alive. Hits, misses and size are those of an {@code
 * lru_cache}.
 *
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
