package dev.hognose.app.child;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Processes that end when this is closed, and when this JVM is killed.
 *
 * <p>A small shell keeps their ids and reads a pipe that ends with this JVM. Nothing but a POSIX
 * shell is needed for that, and nothing of it is seen by the processes themselves.
 */
public final class Children implements AutoCloseable {

  /** A little more than the shell takes at most. */
  private static final int CLOSING_SECONDS = 6;

  private final Process keeper;
  private final PrintStream toKeeper;
  private final List<Process> started = new ArrayList<>();

  public Children() {
    this.keeper = launch(new ProcessBuilder("sh", "-c", script()));
    this.toKeeper = new PrintStream(keeper.getOutputStream(), true, StandardCharsets.US_ASCII);
  }

  /** Starts a process, apart from the terminal. */
  public synchronized Process start(ProcessBuilder builder) {
    Process process = launch(builder);
    toKeeper.println("started " + process.pid());
    started.add(process);
    return process;
  }

  /** Asks all to end; who does not is killed after a few seconds. */
  public synchronized void end() {
    toKeeper.close();
  }

  /** The same, and waits for it. */
  @Override
  public synchronized void close() {
    end();
    try {
      if (!keeper.waitFor(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        keeper.destroyForcibly();
      }
      for (Process process : started) {
        if (!process.waitFor(1, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Process launch(ProcessBuilder builder) {
    try {
      return builder.command(OwnSession.of(builder.command())).start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String script() {
    try (InputStream script =
        Objects.requireNonNull(Children.class.getResourceAsStream("/keeper.sh"), "keeper.sh")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
