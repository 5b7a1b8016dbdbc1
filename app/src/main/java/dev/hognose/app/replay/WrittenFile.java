package dev.hognose.app.replay;

import dev.hognose.wire.capture.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/** A file that was asked for, or not; there is never half of it. */
final class WrittenFile implements AutoCloseable {

  private final Optional<WholeFile> file;

  private WrittenFile(Optional<WholeFile> file) {
    this.file = file;
  }

  /**
   * Begins it.
   *
   * @throws java.nio.file.FileSystemException when it cannot be written there
   */
  static WrittenFile begin(Optional<Path> asked) throws IOException {
    return new WrittenFile(
        asked.isPresent() ? Optional.of(WholeFile.create(asked.get())) : Optional.empty());
  }

  /** Where its bytes go; nothing when it was not asked for. */
  Optional<OutputStream> out() {
    return file.map(WholeFile::out);
  }

  /** Gives it its name. */
  void finish() throws IOException {
    if (file.isPresent()) {
      file.get().finish();
    }
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }
}
