package dev.hognose.wire.capture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WholeFileTest {

  /** Its place would be taken by a file. */
  @Test
  void deviceIsNotReplaced() {
    assertThatThrownBy(() -> WholeFile.checked(Path.of("/dev/null")))
        .isInstanceOf(FileSystemException.class)
        .hasMessage("/dev/null: is no regular file, expected the name of one");
  }
}
