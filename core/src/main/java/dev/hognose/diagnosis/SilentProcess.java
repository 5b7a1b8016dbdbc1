package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Wording;
import dev.hognose.sample.SilencePolicy;
import java.time.Duration;
import java.util.List;

/** A process that says nothing any more and has not said that it ends. */
record SilentProcess(SilencePolicy policy) implements Diagnosis {

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.SILENT_PROCESS;
  }

  /** For how long it may say nothing. */
  Duration patience(Duration interval) {
    return policy.patience(interval);
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
