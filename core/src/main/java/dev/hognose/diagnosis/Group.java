package dev.hognose.diagnosis;

/** What is kept of a sample by name. */
public enum Group {
  /** CPU seconds of the threads of a name. */
  THREAD_CPU,
  /** Unfinished tasks of a coroutine. */
  TASKS,
  /** Seconds since the oldest of them began. */
  TASK_AGE,
  /** Warnings, exceptions and asyncio mishaps: {@code name}, line end, {@code site}. */
  COUNTER,
  /** Records that the agent dropped, by reason. */
  DROPPED
}
