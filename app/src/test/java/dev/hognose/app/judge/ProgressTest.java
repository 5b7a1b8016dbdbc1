package dev.hognose.app.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final int MANY = 100_000;

  private final StringWriter terminal = new StringWriter();
  private long nanos;

  @Test
  void shortWorkShowsNothing() {
    Progress progress = progress(Optional.of(new PrintWriter(terminal)));

    take(progress, Duration.ofMillis(1999));
    progress.hide();

    assertThat(terminal.toString()).isEmpty();
  }

  @Test
  void longWorkShowsHowFarItIsAndLeavesNoTrace() {
    Progress progress = progress(Optional.of(new PrintWriter(terminal)));
    progress.fileDone();

    take(progress, Duration.ofSeconds(3));
    assertThat(terminal.toString()).isEqualTo("\r\033[K1 of 7 files, 4 thousand samples");

    progress.hide();
    assertThat(terminal.toString()).endsWith("samples\r\033[K");
  }

  @Test
  void whereNobodyLooksNothingIsShown() {
    Progress progress = progress(Optional.empty());

    take(progress, Duration.ofSeconds(3));
    progress.hide();

    assertThat(terminal.toString()).isEmpty();
  }

  private Progress progress(Optional<PrintWriter> writer) {
    return new Progress(writer, () -> nanos, 7);
  }

  private void take(Progress progress, Duration time) {
    nanos += time.toNanos();
    for (int i = 0; i < MANY; i++) {
      progress.sample();
    }
  }
}
