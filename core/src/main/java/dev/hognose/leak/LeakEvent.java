package dev.hognose.leak;

import dev.hognose.sample.GrowthRate;
import java.time.Instant;
import java.util.OptionalDouble;

/** A change of mind about a process. Between two events the verdict "leaking" stands or not. */
public sealed interface LeakEvent {

  /** End of the bucket that made it: nothing later is known to it. */
  Instant at();

  /**
   * The process leaks from now on.
   *
   * @param confidence that it is a leak, at even prior odds, 0 to 1
   * @param hoursToLimit real hours until resident memory is at the limit; without a limit, at the
   *     room that {@link LeakPolicy} assumes; absent while resident memory does not grow
   */
  record Onset(
      Instant at,
      GrowthRate slope,
      double confidence,
      Trend.Where where,
      OptionalDouble hoursToLimit)
      implements LeakEvent {}

  /**
   * The floors have stopped rising.
   *
   * @param slope what is left of it, none or more
   * @param confidence that the onset had
   */
  record Clear(Instant at, GrowthRate slope, double confidence) implements LeakEvent {}
}
