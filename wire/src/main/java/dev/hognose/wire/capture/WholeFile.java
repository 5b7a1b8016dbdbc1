package dev.hognose.wire.capture;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
    this.out = new BufferedOutputStream(new Named(Files.newOutputStream(unfinished)), 1 << 16);
  }

  /**
   * Begins a file; it replaces one of that name when it is finished.
   *
   * @throws FileSystemException when it cannot be written; it names the file, as every later one
   */
  public static WholeFile create(Path file) throws IOException {
    Path folder = checked(file);
    try {
      return new WholeFile(file, Files.createTempFile(folder, file.getFileName() + ".", ".part"));
    } catch (AccessDeniedException denied) {
      throw named(file, "permission denied", denied);
    } catch (IOException refused) {
      throw named(file, reason(refused), refused);
    }
  }

  /**
   * Looks whether a file may have this name, without touching anything.
   *
   * @return its folder
   * @throws FileSystemException when it may not
   */
  public static Path checked(Path file) throws FileSystemException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(
          file.toString(), null, "is a directory, expected the name of a file");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new FileSystemException(
          file.toString(), null, "is no regular file, expected the name of one");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new FileSystemException(file.toString(), null, "expected an existing folder");
    }
    return folder;
  }

  private static FileSystemException named(Path file, String reason, IOException cause) {
    FileSystemException named = new FileSystemException(file.toString(), null, reason);
    named.initCause(cause);
    return named;
  }

  private static String reason(IOException refused) {
    // The folder was there just now, and the file to be made is what the system has no place for.
    if (refused instanceof NoSuchFileException) {
      return "expected a folder that can be written";
    }
    return refused instanceof FileSystemException part && part.getReason() != null
        ? part.getReason()
        : String.valueOf(refused.getMessage());
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

  /** A full disk says which file it has no room for. */
  private final class Named extends OutputStream {

    private final OutputStream bytes;

    Named(OutputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      try {
        bytes.write(from, offset, length);
      } catch (IOException full) {
        throw named(file, reason(full), full);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        bytes.close();
      } catch (IOException full) {
        throw named(file, reason(full), full);
      }
    }
  }
}
