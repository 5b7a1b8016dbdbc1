package dev.hognose.app.console;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Standard output, a line at a time; unlike a PrintStream it tells when nobody reads it. */
public final class Output {

  private final Writer writer;

  public Output(OutputStream stream) {
    this.writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
  }

  /**
   * Writes a line; it is seen after {@link #flush}, or when many have come together.
   *
   * @throws ClosedOutputException when the reader has gone
   * @throws FailureException when it cannot be written for another reason
   */
  public synchronized void line(String text) {
    try {
      writer.write(text);
      writer.write('\n');
    } catch (IOException refused) {
      throw told(refused);
    }
  }

  /** Like {@link #line}, seen at once. */
  public synchronized void say(String text) {
    line(text);
    flush();
  }

  public synchronized void flush() {
    try {
      writer.flush();
    } catch (IOException refused) {
      throw told(refused);
    }
  }

  /** For what is printed by others, such as help. */
  public PrintWriter printer() {
    return new PrintWriter(writer, true);
  }

  private static RuntimeException told(IOException refused) {
    String reason = String.valueOf(refused.getMessage());
    return reason.contains("Broken pipe")
        ? new ClosedOutputException(refused)
        : new FailureException("standard output: " + reason, refused);
  }

  /** Whoever read the output has seen enough. */
  public static final class ClosedOutputException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ClosedOutputException(IOException cause) {
      super(cause);
    }
  }
}
