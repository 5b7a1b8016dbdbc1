package dev.hognose.app.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.hognose.app.HognoseCommand;
import dev.hognose.app.Main;
import dev.hognose.app.Received;
import dev.hognose.app.Run;
import dev.hognose.app.Telemetry;
import dev.hognose.app.console.Output;
import dev.hognose.app.console.Shell;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.wire.Topics;
import dev.hognose.wire.capture.CaptureWindow;
import dev.hognose.wire.capture.CaptureWriter;
import dev.hognose.wire.capture.OffsetRange;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A replay whose reader has seen enough, or whose output has no room, while it judges. */
class ClosedOutputTest {

  private static final Instant T0 = Instant.parse("2024-05-01T11:00:00Z");
  private static final Frame PAY = new Frame("/srv/orders/views.py", 41, "pay");
  private static final int WITHIN_SECONDS = 120;

  @TempDir private Path folder;
  private String file = "";

  /** More alerts than any buffer of an output holds; none was told live. */
  @BeforeEach
  void record() throws IOException {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int number = 0; number < 40; number++) {
      Telemetry process = new Telemetry(new ProcessId("service-" + number, "web-1", 7, T0));
      for (int second = 0; second < 300; second += 10) {
        records.add(process.sample(T0.plusSeconds(second), Bytes.ofMebi(50), 100_000));
      }
      records.add(process.block(T0.plusSeconds(61), Duration.ofMillis(1500), PAY));
    }
    records.sort(Comparator.comparing(ProducerRecord::timestamp));
    CaptureWindow window =
        new CaptureWindow(
            T0,
            T0,
            T0.plusSeconds(300),
            List.of(new OffsetRange(Topics.ALERTS.name(), 0, 0, 0)),
            Map.of(),
            CaptureWindow.Names.KEPT);
    Path capture = folder.resolve("incident.hog");
    try (CaptureWriter writer = CaptureWriter.create(capture, "test", T0, window)) {
      for (int offset = 0; offset < records.size(); offset++) {
        writer.add(Received.at(0, offset, records.get(offset)));
      }
      writer.finish();
    }
    file = capture.toString();
  }

  @ParameterizedTest
  @MethodSource("files")
  void filesAreAsWholeWithoutAReader(String option) throws IOException {
    Path read = folder.resolve("read");
    Path unread = folder.resolve("unread");
    Run whole = Run.of("replay", file, "--json", option, read.toString());
    assertThat(whole.out()).hasSizeGreaterThan(40_000);

    Run run = unread("Broken pipe", "replay", file, "--json", option, unread.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(unread).hasSameTextualContentAs(read);
  }

  static Stream<Arguments> files() {
    return Stream.of(arguments("--report"), arguments("--openmetrics"));
  }

  @Test
  void nothingElseIsAskedOfAReplayWithoutAReader() {
    Run run = unread("Broken pipe", "replay", file, "--json");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void differencesAreAnsweredWithoutAReader() {
    Run run = unread("Broken pipe", "replay", file, "--verify");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void fullDiskIsToldInOneSentence() {
    Run run = unread("No space left on device", "replay", file, "--json");

    assertThat(run.err()).isEqualTo("hognose replay: standard output: No space left on device\n");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  @Tag("e2e")
  void realPipeAndRealDeviceAreNoOthers() throws Exception {
    Path page = folder.resolve("out.html");

    Run closed = closed("replay", file, "--json", "--report", page.toString());
    Run differing = closed("replay", file, "--verify");
    Run full = process(Redirect.to(new File("/dev/full")), "replay", file, "--json");

    assertThat(closed.err()).isEmpty();
    assertThat(closed.exitCode()).isZero();
    assertThat(page).content().contains("service-0", "service-39");
    assertThat(differing.exitCode()).isEqualTo(1);
    assertThat(full.err()).isEqualTo("hognose replay: standard output: No space left on device\n");
    assertThat(full.exitCode()).isEqualTo(1);
  }

  /** What the program says when nothing can be written to its standard output. */
  private static Run unread(String reason, String... arguments) {
    OutputStream refusing =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException(reason);
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell = new Shell(Map.of(), new Output(refusing), new Output(err));
    int exitCode = HognoseCommand.in(shell).execute(arguments);
    return new Run(exitCode, "", err.toString(StandardCharsets.UTF_8));
  }

  private Run closed(String... arguments) throws Exception {
    return process(Redirect.PIPE, arguments);
  }

  /** Nobody reads what it says on standard output; standard error is a file, and short. */
  private Run process(Redirect out, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(command).redirectOutput(out).redirectError(err.toFile()).start();
    try {
      process.getInputStream().close();
      assertThat(process.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS)).as("it ended").isTrue();
      return new Run(process.exitValue(), "", Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }
}
