package dev.hognose.app.judge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine;

/** Traces for {@code hognose judge}, and what a run of it said. */
final class Judging {

  static final long START_MS = 1_760_000_000_000L;
  static final String HEADER = "ts_ms,rss,blocks\n";

  /** What a run said, and its exit code. */
  record Run(int exitCode, List<String> out, List<String> err) {}

  private Judging() {}

  static Run run(String... arguments) {
    return run(InputStream.nullInputStream(), arguments);
  }

  static Run run(InputStream standardInput, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    int exitCode = execute(standardInput, out, err, arguments);
    return new Run(exitCode, lines(out), err.toString().lines().toList());
  }

  static int execute(
      InputStream standardInput, OutputStream out, StringWriter err, String... arguments) {
    PrintStream lines = new PrintStream(out, true, StandardCharsets.US_ASCII);
    return new CommandLine(new JudgeCommand(standardInput, lines))
        .setOut(new PrintWriter(lines, true, StandardCharsets.US_ASCII))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private static List<String> lines(ByteArrayOutputStream out) {
    return out.toString(StandardCharsets.US_ASCII).lines().toList();
  }

  /** Rows of a process whose memory stays as it is. */
  static String samples(int count) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < count; i++) {
      rows.append(START_MS + i * 10_000L).append(",5000000,").append(1000 + i).append('\n');
    }
    return rows.toString();
  }

  static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
