package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Evidence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks that take long and end, and tasks that never do, on both sides of each number. */
class SlowTasksTest {

  private static final String COROUTINE = "shop.cart.price";
  private static final Diagnosis SLOW =
      new SlowTasks(new SlowTasksPolicy(Duration.ofSeconds(20), 3));

  /** Tasks under way, and the age of the oldest at readings ten seconds apart. */
  @ParameterizedTest
  @CsvSource({
    "one of twenty seconds has ended,        3, 10 20 1,    true",
    "too few are under way,                  2, 10 20 1,    false",
    "it was younger,                         3, 9 19.9 1,   false",
    "none has ended,                         3, 20 30 40,   false",
    "the next was nearly as old,             3, 10 20 24.9, true",
    "and it may be the same,                 3, 10 20 25,   false",
    "an older one ended before,              3, 25 1 2,     true"
  })
  void areToldWhenTheyAreSeenToEnd(String what, int tasks, String ages, boolean isTold) {
    assertThat(SLOW.signs(history(tasks, ages)).isEmpty()).as(what).isEqualTo(!isTold);
  }

  @Test
  void signSaysHowLongTheLongestTook() {
    Sign sign = SLOW.signs(history(8, "30 50 1 20 5")).get(0);

    assertThat(sign.phrase()).isEqualTo("tasks of shop.cart.price take 50 s and more");
    assertThat(sign.culprit()).isEqualTo(COROUTINE);
    assertThat(sign.weight()).isEqualTo(2.5);
    assertThat(sign.evidence())
        .startsWith(new Evidence("age", 50, "seconds"), new Evidence("tasks", 8, "count"));
  }

  /** A leak of tasks is told from its level on; the shape of a rise is {@link SteadyRiseTest}'s. */
  @ParameterizedTest
  @CsvSource({"36, true", "37, false"})
  void tasksThatNeverEndAreALeakFromTheirLevelOn(double level, boolean isTold) {
    Diagnosis leak = new TaskLeak(new RisePolicy(8, level, RisePolicy.Shape.DEFAULT));
    History history = new Readings().total(Group.TASKS, COROUTINE, 4).history(10);

    assertThat(leak.signs(history).isEmpty()).isEqualTo(!isTold);
  }

  @Test
  void signOfALeakSaysHowFastTheyBecomeMore() {
    Diagnosis leak = new TaskLeak(new RisePolicy(8, 12, RisePolicy.Shape.DEFAULT));
    History history = new Readings().total(Group.TASKS, COROUTINE, 4).history(10);

    Sign sign = leak.signs(history).get(0);

    assertThat(sign.phrase())
        .isEqualTo("36 unfinished tasks of shop.cart.price, 36 more within 90 s");
    assertThat(sign.weight()).isEqualTo(4.5);
    assertThat(sign.evidence())
        .startsWith(
            new Evidence("level", 36, "count"),
            new Evidence("gained", 36, "count"),
            new Evidence("growth", 1_440, "per_hour"));
  }

  private static History history(int tasks, String ages) {
    List<Reading> readings = new ArrayList<>();
    for (String age : ages.split(" ", -1)) {
      Map<Group, Named> named =
          Map.of(Group.TASKS, named(tasks), Group.TASK_AGE, named(Double.parseDouble(age)));
      int number = readings.size();
      readings.add(Reading.of(Shop.at(10.0 * number), number + 1L, Map.of(), named));
    }
    return new History(readings, Named.NONE, HotThreads.NONE);
  }

  private static Named named(double value) {
    return new Named(Names.of(List.of(COROUTINE)), new double[] {value});
  }
}
