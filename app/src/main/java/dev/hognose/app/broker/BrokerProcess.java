package dev.hognose.app.broker;

import dev.hognose.app.child.OwnSession;
import dev.hognose.app.console.FailureException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real Kafka broker in a JVM of its own, with a heap of its own; it can be killed.
 *
 * <p>It ends with this JVM, also when that is killed, and takes its folder with it.
 */
public final class BrokerProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path folder;
  private final CompletableFuture<String> firstLine;

  private BrokerProcess(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
    BufferedReader out = process.inputReader();
    this.firstLine = CompletableFuture.supplyAsync(() -> line(out));
  }

  /**
   * Starts one and waits for nothing.
   *
   * @param folder where its data, its log and its temporary files go; it must exist
   */
  public static BrokerProcess launch(Path folder) {
    return new BrokerProcess(process(folder), folder);
  }

  /**
   * Where it answers, once it does.
   *
   * @throws FailureException when it does not start
   */
  public String bootstrapServers() {
    String[] said = said().split(" ", 2);
    if (!said[0].equals("ready")) {
      throw new FailureException(
          "the broker did not start: " + said[said.length - 1] + "; see " + log(folder));
    }
    String[] ready = said[1].split(" ", 2);
    Identity.check(ready[0], ready[1]);
    return ready[0];
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

  private static Process process(Path folder) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(classArchive());
    command.addAll(
        List.of(
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
            folder.toString()));
    try {
      return new ProcessBuilder(OwnSession.of(command))
          .redirectError(ProcessBuilder.Redirect.appendTo(log(folder).toFile()))
          .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The one that this JVM was started with: it holds the broker's classes, too. */
  private static List<String> classArchive() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-XX:SharedArchiveFile="))
        .toList();
  }

  private static Path log(Path folder) {
    return folder.resolve("broker.log");
  }

  private String said() {
    try {
      return firstLine.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException late) {
      throw new FailureException(
          "the broker did not start within " + PATIENCE.toSeconds() + " s", late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FailureException("interrupted while waiting for the broker", interrupted);
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
