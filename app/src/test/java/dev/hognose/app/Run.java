package dev.hognose.app;

import dev.hognose.app.console.Output;
import dev.hognose.app.console.Shell;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What one call of the program said, and its exit code. */
public record Run(int exitCode, String out, String err) {

  public static Run of(String... arguments) {
    return of(Map.of(), arguments);
  }

  public static Run of(Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell = new Shell(environment, new Output(out), new Output(err));
    int exitCode = HognoseCommand.in(shell).execute(arguments);
    shell.out().flush();
    return new Run(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
