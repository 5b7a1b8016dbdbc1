package dev.hognose.app.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The terminal that standard output goes to. */
public record Terminal(int rows, int columns) {

  /** Both ask about standard output, which is why the answer comes over standard error. */
  private static final String ASK = "test -t 1 && stty size <&1 >&2";

  private static final Pattern SIZE = Pattern.compile("(\\d+) (\\d+)");
  private static final Terminal OF_UNKNOWN_SIZE = new Terminal(24, 80);

  /** It, unless output goes elsewhere: a file, a pipe. */
  public static Optional<Terminal> ofStandardOutput() {
    try {
      Process asked =
          new ProcessBuilder("sh", "-c", ASK)
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .start();
      String answer =
          new String(asked.getErrorStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      return asked.waitFor() == 0 ? Optional.of(sized(answer)) : Optional.empty();
    } catch (IOException noShell) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Terminals that do not know their size say that it is nothing. */
  private static Terminal sized(String answer) {
    Matcher size = SIZE.matcher(answer);
    if (!size.matches() || size.group(1).equals("0") || size.group(2).equals("0")) {
      return OF_UNKNOWN_SIZE;
    }
    return new Terminal(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
  }
}
