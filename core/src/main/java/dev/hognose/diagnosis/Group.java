package dev.hognose.diagnosis;

/** What is kept of a sample by name. */
public enum Group {
  /** CPU seconds of the threads of a name. */
  THREAD_CPU(0),
  /** Unfinished tasks of a coroutine. */
  TASKS(1),
  /** Seconds since the oldest of them began. */
  TASK_AGE(2),
  /** Warnings, exceptions and asyncio mishaps: {@code name}, line end, {@code site}. */
  COUNTER(3),
  /** Records that the agent dropped, by reason. */
  DROPPED(4),
  /** Threads gained, and so on: kind, line end, the folder that most of them are in. */
  THREADS_GAINED(5),
  DESCRIPTORS_GAINED(6),
  CHILDREN_GAINED(7);

  private final int code;

  Group(int code) {
    this.code = code;
  }

  /** Its place among the groups, in stores, too: never given to another, and none is left out. */
  int code() {
    return code;
  }
}
