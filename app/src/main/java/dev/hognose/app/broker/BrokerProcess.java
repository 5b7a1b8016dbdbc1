package dev.hognose.app.broker;

import dev.hognose.app.child.OwnSession;
import dev.hognose.app.console.FailureException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * A real Kafka broker in a JVM of its own, with a heap of its own; it can be killed.
 *
 * <p>It ends with this JVM, also when that is killed, and takes its folder with it.
 */
public final class BrokerProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final String bootstrapServers;

  private BrokerProcess(Process process, String bootstrapServers) {
    this.process = process;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts one and waits until it answers.
   *
   * @param folder where its data, its log and its temporary files go; it must exist
   * @throws FailureException when it does not start
   */
  public static BrokerProcess start(Path folder) {
    Process process = launch(folder);
    try {
      String[] said = firstLine(process).split(" ", 2);
      if (!said[0].equals("ready")) {
        throw new FailureException(
            "the broker did not start: " + said[said.length - 1] + "; see " + log(folder));
      }
      String[] ready = said[1].split(" ", 2);
      Identity.check(ready[0], ready[1]);
      return new BrokerProcess(process, ready[0]);
    } catch (RuntimeException failed) {
      process.destroyForcibly();
      throw failed;
    }
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** That it ended though nobody asked it to; nothing while it runs. */
  public Optional<String> ended() {
    return process.isAlive()
        ? Optional.empty()
        : Optional.of("the broker ended with code " + process.exitValue());
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Kills it: its data is worth nothing without it. Its folder is left to the caller. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Process launch(Path folder) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // Its file outside the folder would stay behind after a kill.
            "-XX:-UsePerfData",
            "-Djava.io.tmpdir=" + folder,
            "-Dlogback.configurationFile=broker-logback.xml",
            "-Dhognose.log=" + log(folder),
            "-cp",
            System.getProperty("java.class.path"),
            BrokerMain.class.getName(),
            folder.toString());
    try {
      return new ProcessBuilder(OwnSession.of(command))
          .redirectError(ProcessBuilder.Redirect.appendTo(log(folder).toFile()))
          .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Path log(Path folder) {
    return folder.resolve("broker.log");
  }

  private static String firstLine(Process process) {
    BufferedReader out = process.inputReader();
    try {
      return CompletableFuture.supplyAsync(() -> line(out))
          .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .join();
    } catch (CompletionException late) {
      throw new FailureException(
          "the broker did not start within " + PATIENCE.toSeconds() + " s", late);
    }
  }

  private static String line(BufferedReader out) {
    try {
      String line = out.readLine();
      return line == null ? "failed it ended without a word" : line;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
