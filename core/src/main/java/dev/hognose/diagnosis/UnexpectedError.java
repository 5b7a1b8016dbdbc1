package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.util.List;
import java.util.Set;

/** Exceptions that say that the code is wrong, not its input. */
record UnexpectedError(CountPolicy policy) implements Diagnosis {

  private static final Set<String> COUNTERS =
      Set.of(
          "exception/TypeError",
          "exception/AttributeError",
          "exception/NameError",
          "exception/UnboundLocalError");

  static boolean isOne(String counter) {
    return COUNTERS.contains(counter);
  }

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.UNEXPECTED_ERROR;
  }

  @Override
  public List<Sign> signs(History history) {
    return Counting.signs(
        history, UnexpectedError::isOne, policy, count -> "times " + count.type());
  }
}
