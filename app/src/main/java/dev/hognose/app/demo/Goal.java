package dev.hognose.app.demo;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ExitCode;

/** When a demonstration is over by itself, and how it went. */
interface Goal {

  /**
   * The exit code, once the goal is reached or missed.
   *
   * @param sinceStart of this program
   * @param sinceTraffic began
   */
  Optional<Integer> reached(Check check, Duration sinceStart, Duration sinceTraffic);

  /** Somebody will end it. */
  static Goal none() {
    return (check, sinceStart, sinceTraffic) -> Optional.empty();
  }

  static Goal after(Duration time) {
    return (check, sinceStart, sinceTraffic) ->
        sinceTraffic.compareTo(time) < 0 ? Optional.empty() : Optional.of(ExitCode.OK);
  }

  /** Everything planted is found and nobody else accused, within the time. */
  static Goal passedWithin(Duration time) {
    return (check, sinceStart, sinceTraffic) -> {
      if (check.isPassed()) {
        return Optional.of(ExitCode.OK);
      }
      return notMissedWithin(time).reached(check, sinceStart, sinceTraffic);
    };
  }

  /** Somebody will end it, unless something is missing after the time or a twin is accused. */
  static Goal notMissedWithin(Duration time) {
    return (check, sinceStart, sinceTraffic) ->
        check.isPassed() || (check.accusations().isEmpty() && sinceStart.compareTo(time) < 0)
            ? Optional.empty()
            : Optional.of(ExitCode.SOFTWARE);
  }
}
