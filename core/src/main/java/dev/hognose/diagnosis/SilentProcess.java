package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Wording;
import java.time.Duration;
import java.util.List;

/**
 * A process that says nothing any more and has not said that it ends.
 *
 * @param least time without a word, where three intervals are shorter
 */
record SilentProcess(Duration least) implements Diagnosis {

  private static final int INTERVALS = 3;

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.SILENT_PROCESS;
  }

  /** For how long it may say nothing. */
  Duration patience(Duration interval) {
    Duration intervals = interval.multipliedBy(INTERVALS);
    return intervals.compareTo(least) > 0 ? intervals : least;
  }

  Sign sign(Duration patience) {
    return Sign.of(
        "",
        "a process says nothing for more than "
            + Wording.time(patience)
            + " and has not said that it ends",
        1,
        List.of(Words.seconds("patience", patience.toMillis() / 1000.0)));
  }
}
