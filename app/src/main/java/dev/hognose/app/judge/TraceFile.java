package dev.hognose.app.judge;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * One recorded trace: a {@code .csv}, a {@code .csv.gz}, or standard input, which may be either.
 *
 * @param trace its name in verdicts
 * @param shown its name in messages
 */
record TraceFile(String trace, String shown, Opening opening) {

  static final String STANDARD_INPUT = "-";

  private static final List<String> SUFFIXES = List.of(".csv.gz", ".csv");
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;
  private static final int BUFFER_BYTES = 1 << 16;

  /** Where the bytes come from. */
  interface Opening {
    InputStream open() throws IOException;
  }

  /**
   * Finds the traces of paths in their order, those of a directory by name.
   *
   * @throws BadTraceException for a path without a trace
   */
  static List<TraceFile> at(List<String> paths, InputStream standardInput) {
    return paths.stream()
        .flatMap(
            path ->
                path.equals(STANDARD_INPUT)
                    ? Stream.of(new TraceFile("stdin", STANDARD_INPUT, () -> standardInput))
                    : at(path).stream())
        .toList();
  }

  private static List<TraceFile> at(String name) {
    Path path = Path.of(name);
    if (!Files.exists(path)) {
      throw new BadTraceException(name + ": no such file or directory");
    }
    if (Files.isDirectory(path)) {
      return inDirectory(path);
    }
    return List.of(
        of(path)
            .orElseThrow(
                () ->
                    new BadTraceException(
                        name + ": expected a name that ends in .csv or .csv.gz")));
  }

  private static List<TraceFile> inDirectory(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      List<TraceFile> traces =
          entries.sorted().map(TraceFile::of).flatMap(Optional::stream).toList();
      if (traces.isEmpty()) {
        throw new BadTraceException(directory + ": expected .csv or .csv.gz files, found none");
      }
      return traces;
    } catch (IOException unreadable) {
      throw new BadTraceException(directory + ": " + reason(unreadable), unreadable);
    }
  }

  private static Optional<TraceFile> of(Path path) {
    String name = String.valueOf(path.getFileName());
    return SUFFIXES.stream()
        .filter(name::endsWith)
        .findFirst()
        .map(suffix -> name.substring(0, name.length() - suffix.length()))
        .map(trace -> new TraceFile(trace, path.toString(), () -> Files.newInputStream(path)));
  }

  /**
   * The text's bytes, decompressed if they are gzip.
   *
   * @throws BadTraceException when it cannot be opened or is not what its name says
   */
  InputStream open() {
    try {
      InputStream bytes = new BufferedInputStream(opening.open(), BUFFER_BYTES);
      if (startsAsGzip(bytes)) {
        return new GZIPInputStream(bytes, BUFFER_BYTES);
      }
      if (shown.endsWith(".gz")) {
        bytes.close();
        throw new BadTraceException(shown + ": expected gzip, as its name says");
      }
      return bytes;
    } catch (IOException unreadable) {
      throw new BadTraceException(shown + ": " + reason(unreadable), unreadable);
    }
  }

  private static boolean startsAsGzip(InputStream bytes) throws IOException {
    bytes.mark(2);
    boolean gzip = bytes.read() == GZIP_FIRST && bytes.read() == GZIP_SECOND;
    bytes.reset();
    return gzip;
  }

  /** What the system says of a failure. */
  private static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file";
    }
    return failure instanceof AccessDeniedException
        ? "permission denied"
        : BadTraceException.shown(String.valueOf(failure.getMessage()));
  }
}
