package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.util.List;
import java.util.stream.Stream;

/** Tasks of a coroutine are created and never end. */
record TaskLeak(RisePolicy policy) implements Diagnosis {

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.TASK_LEAK;
  }

  @Override
  public List<Sign> signs(History history) {
    return history.names(Group.TASKS).stream()
        .filter(name -> history.newest().named(name) >= policy.level())
        .flatMap(name -> sign(history, name))
        .toList();
  }

  private Stream<Sign> sign(History history, Name name) {
    return SteadyRise.of(history.series(name), policy).stream()
        .map(rise -> Rising.sign(name.text(), "unfinished tasks of " + name.text(), rise, policy));
  }
}
