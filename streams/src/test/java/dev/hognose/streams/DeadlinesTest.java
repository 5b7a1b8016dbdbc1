package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

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
}
