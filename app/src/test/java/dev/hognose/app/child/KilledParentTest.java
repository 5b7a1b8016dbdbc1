package dev.hognose.app.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("e2e")
class KilledParentTest {

  private static final int WITHIN_SECONDS = 20;

  @Test
  void killedParentLeavesNoProcessAndNoFile(@TempDir Path temporary) throws Exception {
    Path folder = Files.createDirectory(temporary.resolve("demo"));
    Process parent = start(folder);
    ProcessHandle broker;
    ProcessHandle stubborn;
    try (BufferedReader said = parent.inputReader()) {
      broker = handle(said.readLine());
      stubborn = handle(said.readLine());
      assertThat(said.readLine()).isEqualTo("started");
    } finally {
      parent.destroyForcibly();
    }

    assertThat(List.of(broker, stubborn))
        .allSatisfy(
            child ->
                assertThat(child.onExit())
                    .as("end of process %s", child.pid())
                    .succeedsWithin(WITHIN_SECONDS, TimeUnit.SECONDS));
    assertThat(folder).doesNotExist();
  }

  private static Process start(Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            Parent.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static ProcessHandle handle(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }
}
