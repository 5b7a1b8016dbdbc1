package dev.hognose.app.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerMainTest {

  private static final int WITHIN_SECONDS = 60;

  /** Without Kafka's classes its start ends with an Error, and no exception. */
  @Test
  void whoeverWaitsIsToldOfAnErrorAtTheStart(@TempDir Path folder) throws Exception {
    Path ours =
        Path.of(BrokerMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Process broker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-cp",
                ours.toString(),
                BrokerMain.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();

    try (BufferedReader said = broker.inputReader()) {
      assertThat(said.readLine()).startsWith("failed java.lang.NoClassDefFoundError: ");
      assertThat(broker.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(broker.exitValue()).isEqualTo(1);
    } finally {
      broker.destroyForcibly();
    }
  }
}
