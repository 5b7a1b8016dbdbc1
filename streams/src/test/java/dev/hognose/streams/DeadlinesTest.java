package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlinesTest {

  private final Deadlines deadlines = new Deadlines();

  @Test
  void aKeyIsDueOnceItsWaitIsOver() {
    deadlines.set("b", 0, Duration.ofSeconds(2));
    deadlines.set("a", 0, Duration.ofSeconds(1));

    assertThat(due(999)).isEmpty();
    assertThat(due(2_000)).containsExactly("a", "b");
    assertThat(due(9_000)).isEmpty();
  }

  @Test
  void theLastWaitCounts() {
    deadlines.set("a", 0, Duration.ofSeconds(1));
    deadlines.set("a", 900, Duration.ofSeconds(1));

    assertThat(due(1_500)).isEmpty();
    assertThat(due(1_900)).containsExactly("a");
  }

  @Test
  void whoIsBehindAKeyThatFailsIsStillDue() {
    for (String key : List.of("a", "b", "c")) {
      deadlines.set(key, 0, Duration.ofSeconds(1));
    }

    assertThatThrownBy(() -> deadlines.takeDue(2_000, DeadlinesTest::failAtB)).hasMessage("b");
    assertThat(due(3_000)).containsExactly("c");
  }

  private static void failAtB(String key) {
    if (key.equals("b")) {
      throw new IllegalStateException(key);
    }
  }

  private List<String> due(long nowMs) {
    List<String> due = new ArrayList<>();
    deadlines.takeDue(nowMs, due::add);
    return due;
  }

  @ParameterizedTest
  @CsvSource({"600, 120, 120", "60, 120, 60", "10, 120, 30", "-600, 120, 30", "60, 5, 30"})
  void afterARestartIsWaitedForWhatCameMeanwhileAndNotForClocksThatAreAhead(
      long dueIn, long longest, long expected) {
    Instant now = Instant.ofEpochSecond(1_000);

    assertThat(
            Deadlines.left(now.plusSeconds(dueIn), now.toEpochMilli(), Duration.ofSeconds(longest)))
        .isEqualTo(Duration.ofSeconds(expected));
  }
}
