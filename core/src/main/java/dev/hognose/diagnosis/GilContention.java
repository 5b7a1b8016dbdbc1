package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.util.List;
import java.util.Optional;

/** Threads that work in Python at the same time, and so wait for each other. */
record GilContention(GilPolicy policy) implements Diagnosis {

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.GIL_CONTENTION;
  }

  @Override
  public List<Sign> signs(History history) {
    Optional<BusyThreads> busy = BusyThreads.of(history, policy);
    return busy.filter(each -> !each.isPool() && !each.isMain()).stream()
        .map(
            each ->
                each.sign(
                    "threads wait for the GIL, " + each.name() + " uses", history.hot(each.name())))
        .toList();
  }
}
