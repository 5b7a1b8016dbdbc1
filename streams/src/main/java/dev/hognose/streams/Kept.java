package dev.hognose.streams;

import java.util.Arrays;
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

  /** Of each of those who wait, by the wall clock of the task, see {@link Deadlines}. */
  final long[] dueMs;

  Kept(String key, int waiting) {
    this.key = key;
    dueMs = new long[waiting];
    Arrays.fill(dueMs, NEVER);
  }
}
