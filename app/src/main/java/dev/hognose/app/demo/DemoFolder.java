package dev.hognose.app.demo;

import dev.hognose.app.child.Folder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** Where everything that a demonstration writes goes, gone with it. */
final class DemoFolder implements AutoCloseable {

  private static final String TEMPORARY = "java.io.tmpdir";

  private final String before = System.getProperty(TEMPORARY);
  private final Path path;

  /** Libraries of this JVM unpack their native parts there, too, until it is closed. */
  DemoFolder() {
    path = Path.of(before, "hognose-demo-" + UUID.randomUUID());
    try {
      Files.createDirectory(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
    System.setProperty(TEMPORARY, path.toString());
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    System.setProperty(TEMPORARY, before);
    Folder.remove(path);
  }
}
