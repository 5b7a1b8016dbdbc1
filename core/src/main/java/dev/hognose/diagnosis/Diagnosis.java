package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Event;
import java.util.List;

/** One illness: what it looks like in a process's figures, or in what the process says. */
interface Diagnosis {

  Alert.Kind kind();

  /** Called once a window, with its end as the newest reading; one sign a culprit. */
  default List<Sign> signs(History history) {
    return List.of();
  }

  /** Called with every event. */
  default List<Sign> signs(Event event) {
    return List.of();
  }
}
