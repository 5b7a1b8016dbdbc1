package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tasks of a coroutine that take long. Only of one whose tasks are seen to end: the others are
 * meant to run for ever, or are a leak.
 */
record SlowTasks(SlowTasksPolicy policy) implements Diagnosis {

  /**
   * What the loop does for itself takes as long as the loop is blocked: that is told as such. What
   * a server does for a client takes as long as the client: a stream, a websocket; and it names
   * nothing that the service could mend.
   */
  private static final Pattern NOT_OF_THE_SERVICE =
      Pattern.compile(
          "(asyncio|uvicorn|hypercorn|daphne|granian|sanic|tornado|aiohttp\\.web\\w*)\\..*");

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.SLOW_TASKS;
  }

  @Override
  public List<Sign> signs(History history) {
    Named tasks = history.newest().group(Group.TASKS);
    List<Sign> signs = new ArrayList<>(0);
    for (int i = 0; i < tasks.size(); i++) {
      if (tasks.value(i) >= policy.tasks() && isOfTheService(tasks.name(i))) {
        sign(history, tasks.name(i), tasks.value(i)).ifPresent(signs::add);
      }
    }
    return signs;
  }

  private static boolean isOfTheService(String coroutine) {
    return !NOT_OF_THE_SERVICE.matcher(coroutine).matches();
  }

  private Optional<Sign> sign(History history, String coroutine, double count) {
    double oldest = longestThatEnded(history.series(Group.TASK_AGE, coroutine));
    double limit = seconds(policy.age());
    if (oldest < limit) {
      return Optional.empty();
    }
    return Optional.of(
        Sign.of(
            coroutine,
            "tasks of " + coroutine + " take " + Words.number(oldest) + " s and more",
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
