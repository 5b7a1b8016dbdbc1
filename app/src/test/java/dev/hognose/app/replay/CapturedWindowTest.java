package dev.hognose.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.app.Received;
import dev.hognose.app.Run;
import dev.hognose.app.Telemetry;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.ProcessId;
import dev.hognose.settings.Env;
import dev.hognose.streams.StreamsSettings;
import dev.hognose.wire.Topics;
import dev.hognose.wire.capture.CaptureWindow;
import dev.hognose.wire.capture.CaptureWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a capture of a cluster's window knows of itself, in a replay. */
class CapturedWindowTest {

  private static final Instant T0 = Instant.parse("2024-05-01T11:00:00Z");
  private static final Instant END = T0.plusSeconds(1200);

  @TempDir private Path folder;

  @Test
  void partOfItIsWarmedUpUnderItsOwnPolicy() throws IOException {
    Path file = write(List.of(sample()), Map.of("leak.bucket", "600000ms"));

    Run run = part(Map.of(), file);
    Run otherwise = part(Map.of("HOGNOSE_LEAK_BUCKET", "4m"), file);

    assertThat(run.err()).contains("the warm-up, which begins at " + T0.minus(reach("10m")));
    assertThat(otherwise.err()).contains("the warm-up, which begins at " + T0.minus(reach("4m")));
  }

  @Test
  void recordWithoutAMessageIsNotInTheReport() throws IOException {
    Path file = write(List.of(sample(), empty()), Map.of());

    Run run = Run.of("replay", file.toString(), "--report", folder.resolve("page").toString());

    assertThat(run.err()).doesNotContain("null");
    assertThat(run.exitCode()).isZero();
  }

  private static Run part(Map<String, String> settings, Path file) {
    return Run.of(
        settings, "replay", file.toString(), "--from", T0.toString(), "--to", END.toString());
  }

  private static Duration reach(String bucket) {
    return StreamsSettings.from(new Env(Map.of("HOGNOSE_LEAK_BUCKET", bucket))).leak().reach();
  }

  /** Of a process that is older than any warm-up. */
  private static ConsumerRecord<byte[], byte[]> sample() {
    Telemetry orders =
        new Telemetry(new ProcessId("orders", "web-1", 4242, T0.minus(Duration.ofDays(60))));
    return Received.at(0, 0, orders.sample(T0.plusSeconds(60), Bytes.ofMebi(50), 100_000));
  }

  private static ConsumerRecord<byte[], byte[]> empty() {
    ConsumerRecord<byte[], byte[]> whole = sample();
    return new ConsumerRecord<>(
        Topics.SAMPLES.name(),
        0,
        1,
        whole.timestamp(),
        whole.timestampType(),
        whole.key().length,
        ConsumerRecord.NULL_SIZE,
        whole.key(),
        null,
        whole.headers(),
        whole.leaderEpoch());
  }

  private Path write(List<ConsumerRecord<byte[], byte[]>> records, Map<String, String> policy)
      throws IOException {
    Path file = folder.resolve("incident.hog");
    CaptureWindow window =
        new CaptureWindow(
            T0.minus(Duration.ofDays(30)), T0, END, List.of(), policy, CaptureWindow.Names.KEPT);
    try (CaptureWriter writer = CaptureWriter.create(file, "test", T0, window)) {
      for (ConsumerRecord<byte[], byte[]> each : records) {
        writer.add(each);
      }
      writer.finish();
    }
    return file;
  }
}
