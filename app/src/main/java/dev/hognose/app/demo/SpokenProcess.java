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

/** A child whose output goes to a file, and to whoever waits for a line of it. */
final class SpokenProcess {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String name;
  private final Process process;
  private final Pattern awaited;
  private final CompletableFuture<String> said = new CompletableFuture<>();
  private volatile String lastLine = "";

  private SpokenProcess(String name, Process process, Pattern awaited) {
    this.name = name;
    this.process = process;
    this.awaited = awaited;
  }

  /**
   * Starts one.
   *
   * @param awaited of which the first group is waited for
   */
  static SpokenProcess start(
      String name, ProcessBuilder builder, Pattern awaited, Children children, Path log) {
    SpokenProcess spoken = new SpokenProcess(name, children.start(builder), awaited);
    Thread listening = new Thread(() -> spoken.listen(log), "output-of-" + name);
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
            name + " ended with code " + process.exitValue() + ", its last words: " + lastLine);
  }

  private void listen(Path log) {
    try (BufferedReader out = process.inputReader();
        BufferedWriter file = Files.newBufferedWriter(log)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
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

  private void hear(String line) {
    if (!line.isBlank()) {
      lastLine = line;
    }
    Matcher matcher = awaited.matcher(line);
    if (matcher.find()) {
      said.complete(matcher.group(1));
    }
  }
}
