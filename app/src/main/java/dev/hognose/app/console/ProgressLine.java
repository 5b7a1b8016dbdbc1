package dev.hognose.app.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One line on standard error that says how far a long work has come, and vanishes at its end.
 *
 * <p>Nothing is shown for a work of less than two seconds, and nothing where nobody looks.
 */
public final class ProgressLine {

  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration EVERY = Duration.ofMillis(500);
  private static final int STEPS_PER_LOOK = 1 << 12;
  private static final String CLEAR_LINE = "\r\033[K";
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private final Optional<PrintWriter> terminal;
  private final LongSupplier nanos;
  private long next;
  private long steps;
  private boolean shown;

  /**
   * Starts the work now.
   *
   * @param terminal where somebody looks, if somebody does
   * @param nanos a clock that never steps
   */
  public ProgressLine(Optional<PrintWriter> terminal, LongSupplier nanos) {
    this.terminal = terminal;
    this.nanos = nanos;
    this.next = nanos.getAsLong() + FIRST.toNanos();
  }

  /** The writer if standard error is a terminal. */
  public static Optional<PrintWriter> onTerminal(PrintWriter standardError) {
    try {
      String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
      boolean terminal = target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
      return terminal ? Optional.of(standardError) : Optional.empty();
    } catch (IOException | UnsupportedOperationException noSuchSystem) {
      return Optional.empty();
    }
  }

  /** One more step is done; now and then the line is asked for and shown. */
  public void step(Supplier<String> line) {
    steps++;
    if (steps % STEPS_PER_LOOK == 0 && terminal.isPresent() && nanos.getAsLong() >= next) {
      next = nanos.getAsLong() + EVERY.toNanos();
      shown = true;
      terminal.get().print(CLEAR_LINE + line.get());
      terminal.get().flush();
    }
  }

  public long steps() {
    return steps;
  }

  /** Makes room for other lines on the terminal. */
  public void hide() {
    if (shown) {
      shown = false;
      terminal.ifPresent(
          writer -> {
            writer.print(CLEAR_LINE);
            writer.flush();
          });
    }
  }
}
