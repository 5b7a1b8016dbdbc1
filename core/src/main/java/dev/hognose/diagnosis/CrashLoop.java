package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Wording;
import dev.hognose.sample.Event;
import dev.hognose.sample.Stopped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Processes that end soon after their start, and not because they were asked to. One that does is
 * told when enough others of its service have done so, too.
 *
 * @param young age until which an end counts as soon
 */
record CrashLoop(Duration young) implements Diagnosis {

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.CRASH_LOOP;
  }

  @Override
  public List<Sign> signs(Event event) {
    return event.what() instanceof Stopped stopped && isCrash(stopped)
        ? signs(event.process().startedAt(), event.at(), why(stopped))
        : List.of();
  }

  /** One that ended, or fell silent without a word. */
  List<Sign> signs(Instant startedAt, Instant endedAt, String why) {
    Duration age = Duration.between(startedAt, endedAt);
    if (age.isNegative() || age.compareTo(young) > 0) {
      return List.of();
    }
    double seconds = age.toMillis() / 1000.0;
    return List.of(
        Sign.of(
            "",
            "processes end soon after their start, the last one after "
                + Wording.time(age)
                + " "
                + why,
            1,
            List.of(Words.seconds("age", seconds))));
  }

  private static boolean isCrash(Stopped stopped) {
    return stopped.reason() == Stopped.Reason.EXCEPTION
        || (stopped.reason() == Stopped.Reason.EXIT && stopped.exitCode().orElse(0) != 0);
  }

  private static String why(Stopped stopped) {
    return stopped.reason() == Stopped.Reason.EXCEPTION
        ? "with an exception"
        : "with exit code " + stopped.exitCode().orElseThrow();
  }
}
