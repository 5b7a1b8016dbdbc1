package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.util.List;

/** Child processes are started and never end, or are never waited for. */
record ChildProcessLeak(RisePolicy policy) implements Diagnosis {

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.CHILD_PROCESS_LEAK;
  }

  @Override
  public List<Sign> signs(History history) {
    return SteadyRise.of(history.series(Figure.CHILDREN), policy).stream()
        .map(rise -> Rising.sign("", "child processes", rise, policy))
        .map(sign -> MostGained.of(history, Group.CHILDREN_GAINED).blamedBy(sign))
        .toList();
  }
}
