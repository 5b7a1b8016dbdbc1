package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person is told to do, and how soon. */
class AdviceTest {

  /** Of kinds that need no hurry or all of it, and of one that stands for the others. */
  @ParameterizedTest
  @CsvSource({
    "CRASH_LOOP, CRITICAL",
    "THREAD_LEAK, WARNING",
    "DEPRECATION_WARNINGS, INFO",
    "SLOW_TASKS, INFO",
    "GROWING_CONTAINER, INFO",
    "REFERENCE_CYCLES, INFO",
    "TRACING_BUDGET, INFO"
  })
  void saysHowSoonSomebodyShouldLook(Alert.Kind kind, Alert.Severity severity) {
    assertThat(Advice.severity(kind)).isEqualTo(severity);
  }

  /** Two sentences at least, and where more stands. */
  @ParameterizedTest
  @EnumSource(
      value = Alert.Kind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"MEMORY_LEAK", "OUT_OF_MEMORY_SOON", "OOM_KILLED", "LOOP_BLOCK", "LOOP_LAG"})
  void saysWhatToDo(Alert.Kind kind) {
    assertThat(Advice.on(kind)).matches("(?s)[A-Z].{60,}\\. .*See .*#" + Advice.anchor(kind) + ".");
  }
}
