package dev.hognose.sample;

import java.time.Duration;
import java.util.List;

/**
 * One event loop of the process.
 *
 * @param name unique in the process
 * @param kind {@code asyncio} or {@code uvloop}
 * @param lag how late callbacks ran that were due
 * @param blocked time in loop blocks since the process started
 * @param tasks unfinished ones
 * @param tasksByCoroutine the most numerous coroutines among them, ten at most
 */
public record EventLoop(
    String name,
    String kind,
    Histogram lag,
    Duration blocked,
    int tasks,
    List<TaskGroup> tasksByCoroutine) {

  private static final int MOST_GROUPS = 10;

  public EventLoop {
    tasksByCoroutine = List.copyOf(tasksByCoroutine);
    if (tasksByCoroutine.size() > MOST_GROUPS) {
      throw new IllegalArgumentException(
          "tasks_by_coroutine of %d groups: expected at most %d"
              .formatted(tasksByCoroutine.size(), MOST_GROUPS));
    }
  }
}
