package dev.hognose.streams;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Checkpoints in the folder of an application whose stores are all in memory: nobody wrote them for
 * it, and one that cannot be read would end the streams.
 */
final class StrayCheckpoints {

  private static final String OF_TASKS = "[0-9]*_[0-9]*";

  private StrayCheckpoints() {}

  /**
   * Deletes them; whatever else lies there stays.
   *
   * @param folder Kafka's of this application, which need not be there
   * @throws StartException when it cannot be read or one of them not be deleted
   */
  static void delete(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(folder, OF_TASKS)) {
      for (Path task : tasks) {
        Files.deleteIfExists(task.resolve(".checkpoint"));
      }
    } catch (IOException refused) {
      throw new StartException(
          "HOGNOSE_STATE_DIR with " + folder + ": expected a folder that can be read and written",
          refused);
    }
  }
}
