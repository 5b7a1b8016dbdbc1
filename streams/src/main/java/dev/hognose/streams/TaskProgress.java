package dev.hognose.streams;

import dev.hognose.leak.EventClock;
import dev.hognose.leak.ServicePolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * How far in event time a task that judges processes has read, and whether there is more to read.
 *
 * <p>Beats are counted, not time: after a rebalance timers run before the first record is read.
 */
final class TaskProgress {

  /** A consumer that has records to fetch has them sooner. */
  private static final Duration LEAST_IDLE = Duration.ofSeconds(10);

  /** Those who wait forget an idle task that says nothing for three times as long. */
  static final Duration IDLE_AGAIN = Duration.ofSeconds(30);

  private final int task;
  private final ServicePolicy policy;
  private final long idleBeats;
  private final long idleAgainBeats;
  private EventClock clock = EventClock.NONE;
  private long toldMs = Long.MIN_VALUE;
  private long beatsWithoutRecord;

  /**
   * Begins.
   *
   * @param beat time between two calls of {@link #beat}
   */
  TaskProgress(int task, ServicePolicy policy, Duration beat) {
    this.task = task;
    this.policy = policy;
    Duration idle = policy.bucket().compareTo(LEAST_IDLE) > 0 ? policy.bucket() : LEAST_IDLE;
    this.idleBeats = idle.dividedBy(beat);
    this.idleAgainBeats = IDLE_AGAIN.dividedBy(beat);
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
