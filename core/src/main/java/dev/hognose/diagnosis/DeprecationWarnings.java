package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.util.List;
import java.util.Set;

/** Calls of what a later release of Python or of a library will not have. */
record DeprecationWarnings(CountPolicy policy) implements Diagnosis {

  private static final Set<String> COUNTERS =
      Set.of(
          "warning/DeprecationWarning",
          "warning/PendingDeprecationWarning",
          "warning/FutureWarning");

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.DEPRECATION_WARNINGS;
  }

  @Override
  public List<Sign> signs(History history) {
    return Counting.signs(
        history, COUNTERS::contains, policy, count -> "times " + count.type() + " was raised");
  }
}
