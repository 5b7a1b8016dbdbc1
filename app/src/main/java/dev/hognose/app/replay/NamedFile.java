package dev.hognose.app.replay;

import dev.hognose.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file as the command line names it.
 *
 * @param name of the option, or of the parameter
 */
record NamedFile(String name, Path path) {

  /**
   * Refuses two names of one file, which would take the place of what was read or written.
   *
   * @param files of which all but the first are written
   * @throws SettingException when two of them are one, also through links
   */
  static void expectDifferent(List<NamedFile> files) throws IOException {
    for (int later = 1; later < files.size(); later++) {
      for (NamedFile earlier : files.subList(0, later)) {
        files.get(later).expectOtherThan(earlier);
      }
    }
  }

  private void expectOtherThan(NamedFile other) throws IOException {
    if (isSameAs(other)) {
      throw new SettingException(name + " " + path + ": expected another file than " + other.name);
    }
  }

  private boolean isSameAs(NamedFile other) throws IOException {
    if (Files.exists(path) && Files.exists(other.path)) {
      return Files.isSameFile(path, other.path);
    }
    return place().equals(other.place());
  }

  /** Where it would be; its folder may have several names, too. */
  private Path place() throws IOException {
    Path absolute = path.toAbsolutePath();
    Path folder = absolute.getParent();
    return folder != null && Files.isDirectory(folder)
        ? folder.toRealPath().resolve(absolute.getFileName())
        : absolute;
  }
}
