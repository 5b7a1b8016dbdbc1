package dev.hognose.streams;

import org.jspecify.annotations.Nullable;

/**
 * What {@link WrittenAtCommit} has of a key, and when to look at it again, changed in place: most
 * records change several, and ask for more.
 */
final class Kept<V> {

  static final long NEVER = Long.MAX_VALUE;

  final String key;
  @Nullable V value;
  boolean isChanged;

  /** By the wall clock of the task, see {@link Deadlines}. */
  long dueMs = NEVER;

  Kept(String key) {
    this.key = key;
  }
}
