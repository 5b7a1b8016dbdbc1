package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlinesTest {

  private final Deadlines deadlines = new Deadlines();

  @Test
  void aKeyIsDueOnceItsWaitIsOver() {
    deadlines.set("b", 0, Duration.ofSeconds(2));
    deadlines.set("a", 0, Duration.ofSeconds(1));

    assertThat(deadlines.takeDue(999)).isEmpty();
    assertThat(deadlines.takeDue(2_000)).containsExactly("a", "b");
    assertThat(deadlines.takeDue(9_000)).isEmpty();
  }

  @Test
  void theLastWaitCounts() {
    deadlines.set("a", 0, Duration.ofSeconds(1));
    deadlines.set("a", 900, Duration.ofSeconds(1));

    assertThat(deadlines.takeDue(1_500)).isEmpty();
    assertThat(deadlines.takeDue(1_900)).containsExactly("a");
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
