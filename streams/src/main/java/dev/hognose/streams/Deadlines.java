package dev.hognose.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * When to look at a key again, by the wall clock of its task.
 *
 * <p>Not part of the state: a timer decides how soon something is said, never what. A task that
 * starts sets them anew from its store.
 */
final class Deadlines {

  /** After a restart what came meanwhile is read first. */
  static final Duration CATCH_UP = Duration.ofSeconds(30);

  private final Map<String, Deadline> deadlines = new HashMap<>();

  /**
   * How long to wait after a restart for what is due at a moment of event time.
   *
   * @param longest that it would be waited for without the restart; event time may be far ahead
   */
  static Duration left(Instant due, long nowMs, Duration longest) {
    Duration left = Duration.between(Instant.ofEpochMilli(nowMs), due);
    Duration within = left.compareTo(longest) < 0 ? left : longest;
    return within.compareTo(CATCH_UP) > 0 ? within : CATCH_UP;
  }

  void set(String key, long nowMs, Duration wait) {
    set(key, nowMs + wait.toMillis());
  }

  /** With every sample: what is there is changed, and nothing is made anew. */
  private void set(String key, long dueMs) {
    Deadline known = deadlines.get(key);
    if (known == null) {
      deadlines.put(key, new Deadline(dueMs));
    } else {
      known.dueMs = dueMs;
    }
  }

  /** The same, unless the key has a deadline that is not over. */
  void setIfNone(String key, long nowMs, Duration wait) {
    deadlines.putIfAbsent(key, new Deadline(nowMs + wait.toMillis()));
  }

  /** Forgets the deadline of a key; answers whether there was one. */
  boolean take(String key) {
    return deadlines.remove(key) != null;
  }

  /**
   * Takes out the keys that are due, in their order, each when its turn comes: where one makes our
   * own code fail, those behind it are still due.
   */
  void takeDue(long nowMs, Consumer<String> look) {
    List<String> due = new ArrayList<>();
    for (Map.Entry<String, Deadline> each : deadlines.entrySet()) {
      if (each.getValue().dueMs <= nowMs) {
        due.add(each.getKey());
      }
    }
    Collections.sort(due);
    for (String key : due) {
      deadlines.remove(key);
      look.accept(key);
    }
  }

  private static final class Deadline {

    private long dueMs;

    Deadline(long dueMs) {
      this.dueMs = dueMs;
    }
  }
}
