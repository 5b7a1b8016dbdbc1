package dev.hognose.streams;

import java.time.Duration;

/**
 * When a task may next ask for a commit before the interval is over: a commit is one of all tasks
 * of a thread, so that they share a pace.
 *
 * <p>One for the whole topology; each thread sees its own.
 */
final class CommitPace {

  /**
   * As often as a thread commits at most because somebody waits: a commit writes all state that has
   * changed, and a person does not notice less.
   */
  static final Duration APART = Duration.ofMillis(100);

  private final ThreadLocal<Long> askedMs = ThreadLocal.withInitial(() -> -APART.toMillis());

  /**
   * Milliseconds until somebody may ask, 0 for at once; a clock that was set back holds up none.
   */
  long waitMs(long nowMs) {
    long sinceMs = nowMs - askedMs.get();
    return sinceMs < 0 ? 0 : Math.max(0, APART.toMillis() - sinceMs);
  }

  void asked(long nowMs) {
    askedMs.set(nowMs);
  }
}
