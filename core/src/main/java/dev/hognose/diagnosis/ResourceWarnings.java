package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.util.List;

/** Files and sockets that nobody closed until the collector found them. */
record ResourceWarnings(CountPolicy policy) implements Diagnosis {

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.RESOURCE_WARNINGS;
  }

  @Override
  public List<Sign> signs(History history) {
    return Counting.signs(
        history, "warning/ResourceWarning"::equals, policy, count -> "resources were not closed");
  }
}
