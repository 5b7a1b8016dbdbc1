package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.util.List;

/** Threads are started and never end. */
record ThreadLeak(RisePolicy policy) implements Diagnosis {

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.THREAD_LEAK;
  }

  @Override
  public List<Sign> signs(History history) {
    return SteadyRise.of(history.series(Figure.THREADS), policy).stream()
        .map(rise -> Rising.sign("", "threads", rise, policy))
        .map(sign -> MostGained.of(history, Group.THREADS_GAINED).blamedBy(sign))
        .toList();
  }
}
