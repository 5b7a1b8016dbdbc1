package dev.hognose.wire;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is written under another name, which it takes off when it is whole: there is never
 * half a file.
 */
public final class WholeFile implements AutoCloseable {

  private final Path file;
  private final Path unfinished;
  private final OutputStream out;

  private WholeFile(Path file, Path unfinished) throws IOException {
    this.file = file;
    this.unfinished = unfinished;
    this.out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 16);
  }

  /** Begins a file; it replaces one of that name when it is finished. */
  public static WholeFile create(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    return new WholeFile(file, Files.createTempFile(folder, file.getFileName() + ".", ".part"));
  }

  public OutputStream out() {
    return out;
  }

  /** Gives it its name; returns how many bytes it has. */
  public long finish() throws IOException {
    out.close();
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return Files.size(file);
  }

  /** Leaves nothing behind unless the file was finished. */
  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
