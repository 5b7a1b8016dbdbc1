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
  private boolean isNeeded = true;
  private boolean isRead = true;

  public Output(OutputStream stream) {
    this.writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
  }

  /**
   * Writes a line; it is seen after {@link #flush}, or when many have come together.
   *
   * @throws ClosedOutputException when the reader has gone, unless it is to be outlasted
   * @throws FailureException when it cannot be written for another reason
   */
  public synchronized void line(String text) {
    write(
        () -> {
          writer.write(text);
          writer.write('\n');
        });
  }

  /** Like {@link #line}, seen at once. */
  public synchronized void say(String text) {
    line(text);
    flush();
  }

  public synchronized void flush() {
    write(writer::flush);
  }

  /**
   * From now on a reader who goes is no reason to end: what is written after that goes nowhere. For
   * who does more than write here.
   */
  public synchronized void outlastReader() {
    isNeeded = false;
  }

  private void write(Writing writing) {
    try {
      if (isRead) {
        writing.write();
      }
    } catch (IOException refused) {
      RuntimeException told = told(refused);
      isRead = isNeeded || !(told instanceof ClosedOutputException);
      if (isRead) {
        throw told;
      }
    }
  }

  private interface Writing {
    void write() throws IOException;
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
