package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.time.Duration;
import java.util.List;

/** The process's clock was set back: what it numbered later it says that it read earlier. */
record ClockSkew(Duration tolerated) implements Diagnosis {

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.CLOCK_SKEW;
  }

  /** Whether the clock went back between them. */
  boolean isBetween(Reading newest, Reading later) {
    return later.sequence() > newest.sequence() && later.at().plus(tolerated).isBefore(newest.at());
  }

  Sign sign(Reading newest, Reading later) {
    double seconds = Duration.between(later.at(), newest.at()).toMillis() / 1000.0;
    return Sign.of(
        "",
        "its clock was set back by " + Words.number(seconds) + " s",
        seconds * 1000 / tolerated.toMillis(),
        List.of(Words.seconds("set_back", seconds)));
  }
}
