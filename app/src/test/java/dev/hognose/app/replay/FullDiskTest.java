package dev.hognose.app.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.hognose.app.Publisher;
import dev.hognose.app.Run;
import dev.hognose.app.Telemetry;
import dev.hognose.app.broker.EmbeddedBroker;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.ProcessId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a disk without room does to the files that are written; no file here may pass 1 KiB. */
@Tag("e2e")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FullDiskTest {

  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private static final int WITHIN_SECONDS = 120;

  private Path folder = Path.of("");
  private EmbeddedBroker broker;

  @BeforeAll
  void record(@TempDir Path temporary) throws Exception {
    folder = temporary;
    broker = EmbeddedBroker.start(folder.resolve("broker"));
    Run.of("topics", "--create", "--partitions", "1", "--bootstrap-servers", cluster());
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int each = 0; each < 50; each++) {
      String host = "web-" + (each * 7919) % 10_000;
      Telemetry orders =
          new Telemetry(
              new ProcessId("orders", host, each + 1, NOW.minusSeconds(600)),
              Duration.ofSeconds(10));
      for (int second = 0; second < 60; second++) {
        Bytes memory = Bytes.ofMebi((each * 31 + second * 17) % 499);
        records.add(orders.sample(NOW.minusSeconds(120 - second), memory, each * 104_729L));
      }
    }
    try (Publisher publisher = new Publisher(cluster())) {
      publisher.send(records);
    }
  }

  @AfterAll
  void stop() {
    broker.close();
  }

  static Stream<Arguments> writers() {
    return Stream.of(
        arguments("capture", "--output"),
        arguments("replay", "--report"),
        arguments("replay", "--openmetrics"));
  }

  @ParameterizedTest
  @MethodSource("writers")
  void isToldInOneSentenceAndLeavesNoHalfFile(String command, String option) throws Exception {
    Path written = Files.createDirectory(folder.resolve(command + option)).resolve("file");
    List<String> arguments =
        List.of(
            command,
            option,
            written.toString(),
            "--from",
            NOW.minusSeconds(180).toString(),
            "--to",
            NOW.minusSeconds(10).toString(),
            "--bootstrap-servers",
            cluster());

    Run run = onFullDisk(arguments);

    assertThat(run.err()).isEqualTo("hognose " + command + ": " + written + ": File too large\n");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(written.getParent()).isEmptyDirectory();
  }

  private String cluster() {
    return broker.bootstrapServers();
  }

  /** What the program says there; standard error is a file, too, and short. */
  private Run onFullDisk(List<String> arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LittleDisk.class.getName()));
    command.addAll(arguments);
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS)).as("it ended").isTrue();
      return new Run(process.exitValue(), "", Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }
}
