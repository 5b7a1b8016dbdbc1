package dev.hognose.streams;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * How far the tasks have read that judge processes: a service is judged up to where all of them
 * have been, so that it does not matter which is read first.
 *
 * <p>Not waited for is a task that says that it has nothing to read, and one that nothing was heard
 * of for so long that nobody seems to run it. The wall clock decides only about these two.
 */
final class TaskClocks {

  static final String CLOCKS = "leak-task-clocks";

  private static final Duration IDLE_FOR = TaskProgress.IDLE_AGAIN.multipliedBy(3);

  private final KeyValueStore<Integer, Long> reached;
  private final IntSupplier tasks;
  private final Duration patience;
  private final long startMs;
  private final Map<Integer, Long> heardMs = new HashMap<>();
  private final Map<Integer, Long> idleMs = new HashMap<>();

  /**
   * Knows what a task before this one knew.
   *
   * @param tasks number of them
   * @param patience with one that says nothing
   */
  TaskClocks(ProcessorContext<?, ?> context, IntSupplier tasks, Duration patience) {
    this.reached = context.getStateStore(CLOCKS);
    this.tasks = tasks;
    this.patience = patience;
    this.startMs = context.currentSystemTimeMs();
  }

  static StoreBuilder<KeyValueStore<Integer, Long>> store() {
    return Stored.inMemory(CLOCKS, Serdes.Integer(), Serdes.Long());
  }

  /** Event time that a task has read up to, 0 before any. */
  long reachedMs(int task) {
    Long known = reached.get(task);
    return known == null ? 0 : known;
  }

  /** A task says something that tells that it has records to read. */
  void heard(int task, long nowMs) {
    heardMs.put(task, nowMs);
    idleMs.remove(task);
  }

  void reached(int task, long reachedMs) {
    if (reachedMs > reachedMs(task)) {
      reached.put(task, reachedMs);
    }
  }

  void idle(int task, long nowMs) {
    heardMs.put(task, nowMs);
    idleMs.put(task, nowMs);
  }

  /**
   * Event time up to which services can be judged; when nobody has anything to read, the latest
   * that was read.
   *
   * @return absent while there is somebody to wait for that nothing is known of
   */
  OptionalLong allReachedMs(long nowMs) {
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int task = 0; task < tasks.getAsInt(); task++) {
      most = Math.max(most, reachedMs(task));
      if (isWaitedFor(task, nowMs)) {
        least = Math.min(least, reachedMs(task));
      }
    }
    long all = least == Long.MAX_VALUE ? most : least;
    return all == 0 ? OptionalLong.empty() : OptionalLong.of(all);
  }

  private boolean isWaitedFor(int task, long nowMs) {
    Long idle = idleMs.get(task);
    boolean isIdle = idle != null && nowMs - idle <= IDLE_FOR.toMillis();
    boolean isThere = nowMs - heardMs.getOrDefault(task, startMs) <= patience.toMillis();
    return isThere && !isIdle;
  }
}
