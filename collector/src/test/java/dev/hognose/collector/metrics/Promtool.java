package dev.hognose.collector.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Prometheus' own judge of what it would scrape. */
public final class Promtool {

  private Promtool() {}

  /**
   * What {@code promtool check metrics} complains about; empty when nothing.
   *
   * @throws AssertionError when it is not installed
   */
  public static String complaints(byte[] scrape) throws IOException, InterruptedException {
    Process promtool;
    try {
      promtool =
          new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    } catch (IOException missing) {
      throw new AssertionError(
          "promtool: expected on PATH (on Debian: apt-get install prometheus)", missing);
    }
    try (OutputStream input = promtool.getOutputStream()) {
      input.write(scrape);
    }
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = promtool.waitFor();
    return exit == 0 ? said : "exit " + exit + "\n" + said;
  }

  /** Makes blocks of Prometheus' database of OpenMetrics text with timestamps. */
  static void blocks(Path text, Path folder) throws IOException, InterruptedException {
    Process promtool =
        new ProcessBuilder(
                "promtool",
                "tsdb",
                "create-blocks-from",
                "openmetrics",
                text.toString(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (promtool.waitFor() != 0) {
      throw new AssertionError("promtool tsdb create-blocks-from: " + said);
    }
  }
}
