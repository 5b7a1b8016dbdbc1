package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tasks of a coroutine that take long. Only of one whose tasks are seen to end: the others are
 * meant to run for ever, or are a leak.
 */
record SlowTasks(SlowTasksPolicy policy) implements Diagnosis {

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.SLOW_TASKS;
  }

  @Override
  public List<Sign> signs(History history) {
    return history.names(Group.TASKS).stream()
        .filter(name -> history.newest().named(name) >= policy.tasks())
        .flatMap(name -> sign(history, name))
        .toList();
  }

  private Stream<Sign> sign(History history, Name tasks) {
    double oldest = longestThatEnded(history.series(new Name(Group.TASK_AGE, tasks.text())));
    double limit = seconds(policy.age());
    if (oldest < limit) {
      return Stream.of();
    }
    double count = history.newest().named(tasks);
    return Stream.of(
        Sign.of(
            tasks.text(),
            "tasks of " + tasks.text() + " take " + Words.number(oldest) + " s and more",
            oldest / limit,
            List.of(Words.seconds("age", oldest), Words.count("tasks", count))));
  }

  /** The age of an oldest task that was followed by a younger one; none is 0. */
  private static double longestThatEnded(Series age) {
    double longest = 0;
    for (int i = age.size() - 1; i > 0; i--) {
      double elapsed = seconds(age.time(i)) - seconds(age.time(i - 1));
      boolean isAnother = age.back(i - 1) < age.back(i) + elapsed / 2;
      longest = isAnother ? Math.max(longest, age.back(i)) : longest;
    }
    return longest;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
