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
   * As often as a thread commits in the long run because somebody waits: a commit writes all state
   * that has changed, and a person does not notice less.
   */
  static final Duration APART = Duration.ofMillis(100);

  /** What a process says is an alert after two topics, and the second must not wait for long. */
  static final int AT_ONCE = 2;

  /** Up to when the commits that were asked for would last, one every {@link #APART}. */
  private final ThreadLocal<Long> lastUntilMs = ThreadLocal.withInitial(() -> 0L);

  /**
   * Milliseconds until somebody may ask, 0 for at once; a clock that was set back holds up none.
   */
  long waitMs(long nowMs) {
    long aheadMs = lastUntilMs.get() - nowMs;
    return aheadMs > mostMs() ? 0 : Math.max(0, aheadMs - mostMs() + APART.toMillis());
  }

  void asked(long nowMs) {
    long aheadMs = lastUntilMs.get() - nowMs;
    long before = aheadMs > mostMs() ? 0 : Math.max(0, aheadMs);
    lastUntilMs.set(nowMs + Math.min(mostMs(), before + APART.toMillis()));
  }

  private static long mostMs() {
    return AT_ONCE * APART.toMillis();
  }
}
