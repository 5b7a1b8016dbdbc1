package dev.hognose.sample;

import java.time.Duration;

/**
 * Unfinished tasks of an event loop that run the same coroutine function.
 *
 * @param coroutine module and qualified name, as in {@code orders.worker.poll}
 * @param oldest age of the oldest among them, as far back as the agent has seen it
 */
public record TaskGroup(String coroutine, int count, Duration oldest) {

  private static final int LONGEST = 256;

  public TaskGroup {
    Name.check("coroutine", coroutine, LONGEST);
    if (count < 1) {
      throw new IllegalArgumentException(
          "tasks of " + coroutine + "=" + Integer.toUnsignedString(count) + ": expected 1 or more");
    }
    if (oldest.isNegative()) {
      throw new IllegalArgumentException(
          "oldest task of " + coroutine + "=" + oldest + ": expected none or more");
    }
  }
}
