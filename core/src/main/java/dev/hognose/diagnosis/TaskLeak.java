package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.util.ArrayList;
import java.util.List;

/** Tasks of a coroutine are created and never end. */
record TaskLeak(RisePolicy policy) implements Diagnosis {

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.TASK_LEAK;
  }

  @Override
  public List<Sign> signs(History history) {
    Named tasks = history.newest().group(Group.TASKS);
    List<Sign> signs = new ArrayList<>(0);
    for (int i = 0; i < tasks.size(); i++) {
      if (tasks.value(i) >= policy.level()) {
        String coroutine = tasks.name(i);
        SteadyRise.of(history.series(Group.TASKS, coroutine), policy)
            .map(rise -> Rising.sign(coroutine, "unfinished tasks of " + coroutine, rise, policy))
            .ifPresent(signs::add);
      }
    }
    return signs;
  }
}
