package dev.hognose.app.demo;

import dev.hognose.app.console.FailureException;
import dev.hognose.settings.SettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The Python environment in which the agent and the shop are installed. */
final class Python {

  private final Path interpreter;
  private final Path agent;
  private final Map<String, String> environment;

  /**
   * Looks whether it is one.
   *
   * @param environment of this program
   * @param temporary where its programs put what they do not want to keep
   * @throws SettingException when the interpreter or the agent's command is not there
   */
  Python(Path interpreter, Map<String, String> environment, Path temporary) {
    this.interpreter = interpreter.toAbsolutePath();
    this.agent = this.interpreter.resolveSibling("hognose-run");
    this.environment = new HashMap<>(environment);
    // Settings for the user's own services are none for the demonstration's.
    this.environment.keySet().removeIf(name -> name.startsWith("HOGNOSE_"));
    this.environment.put("TMPDIR", temporary.toString());
    for (Path needed : List.of(this.interpreter, agent)) {
      if (!Files.isRegularFile(needed) || !Files.isExecutable(needed)) {
        throw new SettingException("--python " + interpreter + ": expected a program at " + needed);
      }
    }
  }

  /** A program under the agent. */
  ProcessBuilder watched(List<String> arguments, Map<String, String> settings) {
    ProcessBuilder builder = program(arguments);
    builder.command().add(0, agent.toString());
    builder.environment().putAll(settings);
    return builder;
  }

  /** A program without it. */
  ProcessBuilder program(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(interpreter.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  /**
   * What a program says that ends by itself.
   *
   * @throws FailureException when it ends in failure
   */
  String output(List<String> arguments) {
    try {
      Process process = program(arguments).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new FailureException("python " + String.join(" ", arguments) + ": " + lastLine(said));
      }
      return said;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FailureException("interrupted while waiting for Python", interrupted);
    }
  }

  private static String lastLine(String said) {
    return said.substring(said.lastIndexOf('\n') + 1);
  }
}
