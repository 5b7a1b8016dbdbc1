package dev.hognose.streams;

import dev.hognose.leak.EventClock;
import dev.hognose.leak.ServicePolicy;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * How far in event time a task that judges processes has read, and whether there is more to read.
 *
 * <p>The clock is stored: what is read first after a restart, by a clock that is far ahead, is held
 * against what was read before it. Beats are counted, not time: after a rebalance timers run before
 * the first record is read.
 */
final class TaskProgress {

  static final String PROGRESS = "leak-task-progress";

  /** A store is that of one task. */
  private static final String CLOCK = "clock";

  /** A consumer that has records to fetch has them sooner. */
  private static final Duration LEAST_IDLE = Duration.ofSeconds(10);

  /** Those who wait forget an idle task that says nothing for three times as long. */
  static final Duration IDLE_AGAIN = Duration.ofSeconds(30);

  private final int task;
  private final ServicePolicy policy;
  private final long idleBeats;
  private final long idleAgainBeats;
  private final KeyValueStore<String, EventClock> stored;
  private EventClock clock;
  private long toldMs;
  private long beatsWithoutRecord;

  /**
   * Goes on where a task before this one was.
   *
   * @param beat time between two calls of {@link #beat}
   */
  TaskProgress(ProcessorContext<?, ?> context, ServicePolicy policy, Duration beat) {
    this.task = context.taskId().partition();
    this.policy = policy;
    this.stored = context.getStateStore(PROGRESS);
    this.clock = Optional.ofNullable(stored.get(CLOCK)).orElse(EventClock.NONE);
    Duration idle = policy.bucket().compareTo(LEAST_IDLE) > 0 ? policy.bucket() : LEAST_IDLE;
    this.idleBeats = idle.dividedBy(beat);
    this.idleAgainBeats = IDLE_AGAIN.dividedBy(beat);
  }

  static StoreBuilder<KeyValueStore<String, EventClock>> store() {
    return Stored.unpacked(PROGRESS, Stored.packed(EventClock::pack, EventClock::unpack));
  }

  /** A record was read, whatever became of it. */
  void read() {
    beatsWithoutRecord = 0;
  }

  /**
   * A reading was counted.
   *
   * @return what is to be said before anything that the reading led to
   */
  Optional<TaskReport> counted(long atMs) {
    clock = clock.and(atMs, policy);
    stored.put(CLOCK, clock);
    long reachedMs = clock.reachedMs(policy);
    if (reachedMs <= toldMs) {
      return Optional.empty();
    }
    toldMs = reachedMs;
    return Optional.of(new TaskReport.Reached(task, reachedMs));
  }

  /** Time passes. */
  Optional<TaskReport> beat() {
    long idleFor = beatsWithoutRecord++ - idleBeats;
    return idleFor >= 0 && idleFor % idleAgainBeats == 0
        ? Optional.of(new TaskReport.Idle(task))
        : Optional.empty();
  }
}
