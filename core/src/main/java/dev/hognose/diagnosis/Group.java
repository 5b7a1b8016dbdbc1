package dev.hognose.diagnosis;

/** What is kept of a sample by name. */
public enum Group {
  /** CPU seconds of the threads of a name; the agent tells the ten that used most. */
  THREAD_CPU(0, 10),
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
  private final int most;

  Group(int code) {
    this(code, ReadingOfSample.MOST_NAMES);
  }

  Group(int code, int most) {
    this.code = code;
    this.most = most;
  }

  /** Names that are told of it, or kept: where there are so many, there may be more. */
  int most() {
    return most;
  }

  /** Its place among the groups, in stores, too: never given to another, and none is left out. */
  int code() {
    return code;
  }
}
