package dev.hognose.streams;

import dev.hognose.leak.LifeObservation;
import java.util.function.Function;

/**
 * What a task that judges processes says to those that judge services.
 *
 * <p>All of a task's reports to another arrive in the order in which they were made.
 */
sealed interface TaskReport {

  /** Number of the partition that the task reads. */
  int task();

  /** What one of its processes showed. */
  record Showed(int task, LifeObservation shown) implements TaskReport {}

  /** All that its processes show from now on, it has read after this event time. */
  record Reached(int task, long reachedMs) implements TaskReport {}

  /** It has read all there is, for the time being: nobody should wait for it. */
  record Idle(int task) implements TaskReport {}

  /** Exhaustive by construction: another kind breaks every caller at compile time. */
  default <R> R match(
      Function<Showed, R> showed, Function<Reached, R> reached, Function<Idle, R> idle) {
    if (this instanceof Showed s) {
      return showed.apply(s);
    }
    if (this instanceof Reached r) {
      return reached.apply(r);
    }
    if (this instanceof Idle i) {
      return idle.apply(i);
    }
    throw new AssertionError(this);
  }
}
