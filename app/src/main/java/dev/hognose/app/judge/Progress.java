package dev.hognose.app.judge;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One line on standard error that says how far a long work has come, and vanishes at its end.
 *
 * <p>Nothing is shown for a work of less than two seconds, and nothing where nobody looks.
 */
final class Progress {

  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration EVERY = Duration.ofMillis(500);
  private static final int SAMPLES_PER_LOOK = 1 << 12;
  private static final String CLEAR_LINE = "\r\033[K";
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private final Optional<PrintWriter> terminal;
  private final LongSupplier nanos;
  private final int files;
  private long next;
  private long samples;
  private int filesDone;
  private String line = "";

  /**
   * Starts the work now.
   *
   * @param terminal where somebody looks, if somebody does
   * @param nanos a clock that never steps
   */
  Progress(Optional<PrintWriter> terminal, LongSupplier nanos, int files) {
    this.terminal = terminal;
    this.nanos = nanos;
    this.files = files;
    this.next = nanos.getAsLong() + FIRST.toNanos();
  }

  /** The writer if standard error is a terminal. */
  static Optional<PrintWriter> onTerminal(PrintWriter standardError) {
    try {
      String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
      boolean terminal = target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
      return terminal ? Optional.of(standardError) : Optional.empty();
    } catch (IOException | UnsupportedOperationException noSuchSystem) {
      return Optional.empty();
    }
  }

  void sample() {
    samples++;
    if (samples % SAMPLES_PER_LOOK == 0 && terminal.isPresent()) {
      show(terminal.get());
    }
  }

  void fileDone() {
    filesDone++;
  }

  /** Makes room for other lines on the terminal. */
  void hide() {
    terminal.filter(shown -> !line.isEmpty()).ifPresent(this::erase);
  }

  private void show(PrintWriter shown) {
    long now = nanos.getAsLong();
    if (now < next) {
      return;
    }
    next = now + EVERY.toNanos();
    line = filesDone + " of " + files + " files, " + samples / 1000 + " thousand samples";
    shown.print(CLEAR_LINE + line);
    shown.flush();
  }

  private void erase(PrintWriter shown) {
    shown.print(CLEAR_LINE);
    shown.flush();
    line = "";
  }
}
