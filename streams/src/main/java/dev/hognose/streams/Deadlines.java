package dev.hognose.streams;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When to look at a key again, by the wall clock of its task.
 *
 * <p>Not part of the state: a timer decides how soon something is said, never what. A task that
 * starts sets them anew from its store.
 */
final class Deadlines {

  private final Map<String, Long> dueMs = new HashMap<>();

  void set(String key, long nowMs, Duration wait) {
    dueMs.put(key, nowMs + wait.toMillis());
  }

  /** The same, unless the key has a deadline that is not over. */
  void setIfNone(String key, long nowMs, Duration wait) {
    dueMs.putIfAbsent(key, nowMs + wait.toMillis());
  }

  /** Forgets the deadline of a key; answers whether there was one. */
  boolean take(String key) {
    return dueMs.remove(key) != null;
  }

  /** Takes out the keys that are due, in their order. */
  List<String> takeDue(long nowMs) {
    List<String> due =
        dueMs.entrySet().stream()
            .filter(each -> each.getValue() <= nowMs)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    due.forEach(dueMs::remove);
    return due;
  }
}
