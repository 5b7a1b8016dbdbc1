package dev.hognose.app.demo;

import dev.hognose.app.child.Children;
import dev.hognose.app.console.FailureException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A child whose words go to files, and a line of its standard output to whoever waits for it.
 *
 * <p>Standard error has a file of its own: what a library writes there must not end up within the
 * line that is waited for.
 */
final class SpokenProcess {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String name;
  private final Process process;
  private final Pattern awaited;
  private final CompletableFuture<String> said = new CompletableFuture<>();
  private final Path out;
  private final Path err;

  private SpokenProcess(
      String name, ProcessBuilder builder, Pattern awaited, Children children, Path logs) {
    this.name = name;
    this.awaited = awaited;
    this.out = logs.resolve(name + ".out");
    this.err = logs.resolve(name + ".err");
    this.process = children.start(builder.redirectError(err.toFile()));
  }

  /**
   * Starts one.
   *
   * @param awaited of which the first group is waited for
   * @param logs folder of the files, named after it
   */
  static SpokenProcess start(
      String name, ProcessBuilder builder, Pattern awaited, Children children, Path logs) {
    SpokenProcess spoken = new SpokenProcess(name, builder, awaited, children, logs);
    Thread listening = new Thread(spoken::listen, "output-of-" + name);
    listening.setDaemon(true);
    listening.start();
    return spoken;
  }

  /**
   * What it said after all.
   *
   * @throws FailureException when it ended before, or took too long
   */
  String awaited() {
    try {
      return said.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException unsaid) {
      throw new FailureException(
          ended().orElse(name + ": not ready within " + PATIENCE.toSeconds() + " s"), unsaid);
    }
  }

  /** That it ended, how, and what it said last; nothing while it runs. */
  Optional<String> ended() {
    return process.isAlive()
        ? Optional.empty()
        : Optional.of(
            name + " ended with code " + process.exitValue() + ", its last words: " + lastWords());
  }

  private void listen() {
    try (BufferedReader words = process.inputReader();
        BufferedWriter file = Files.newBufferedWriter(out)) {
      for (String line = words.readLine(); line != null; line = words.readLine()) {
        file.write(line + "\n");
        file.flush();
        hear(line);
      }
      process.waitFor();
      said.completeExceptionally(new IllegalStateException(name + " ended"));
    } catch (IOException failed) {
      said.completeExceptionally(new UncheckedIOException(failed));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Of standard error, or else of standard output. */
  String lastWords() {
    return lastLine(err).or(() -> lastLine(out)).orElse("none");
  }

  private static Optional<String> lastLine(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> !line.isBlank()).reduce((before, line) -> line);
    } catch (IOException | UncheckedIOException unreadable) {
      return Optional.of(file + ": " + unreadable.getMessage());
    }
  }

  private void hear(String line) {
    Matcher matcher = awaited.matcher(line);
    if (matcher.find()) {
      said.complete(matcher.group(1));
    }
  }
}
