package dev.hognose.app.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.app.Publisher;
import dev.hognose.app.Run;
import dev.hognose.app.Telemetry;
import dev.hognose.app.broker.EmbeddedBroker;
import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.cluster.TopicReader;
import dev.hognose.app.topics.ClusterTopics;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.settings.Env;
import dev.hognose.streams.StreamsApplication;
import dev.hognose.streams.StreamsSettings;
import dev.hognose.wire.Topics;
import dev.hognose.wire.message.RecordJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A window on a real broker, judged live and then replayed. */
@Tag("e2e")
class ReplayOnClusterTest {

  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private static final Frame PAY = new Frame("/srv/orders/views.py", 41, "pay");

  @Test
  void firingAlertIsTheSameAsLive(@TempDir Path folder) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
      Cluster cluster = new Cluster(broker.bootstrapServers(), new Properties());
      try (ClusterTopics topics = new ClusterTopics(cluster)) {
        topics.createMissing(3, Optional.of((short) 1));
      }
      String live = live(broker, cluster, folder);

      Run run =
          Run.of(
              "replay",
              "--json",
              "--from",
              NOW.minusSeconds(60).toString(),
              "--to",
              NOW.toString(),
              "--bootstrap-servers",
              broker.bootstrapServers());

      assertThat(run.err()).isEmpty();
      assertThat(run.out().lines()).contains(live);
      assertThat(run.exitCode()).isZero();
      String kept = captured(broker, folder.resolve("kept.hog"));
      assertThat(kept).isEqualTo(run.out());
      assertThat(captured(broker, folder.resolve("anonymous.hog"), "--anonymise"))
          .hasLineCount((int) run.out().lines().count())
          .doesNotContain("orders", "web-1", "views", "pay");
      assertThat(Files.readString(folder.resolve("anonymous.hog"), ISO_8859_1))
          .doesNotContain("orders", "web-1", "views");
    }
  }

  /** What a replay of a capture of the window says. */
  private static String captured(EmbeddedBroker broker, Path file, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "capture",
                "--from",
                NOW.minusSeconds(60).toString(),
                "--to",
                NOW.toString(),
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--output",
                file.toString()));
    arguments.addAll(List.of(options));
    Run capture = Run.of(arguments.toArray(String[]::new));
    assertThat(capture.err()).isEmpty();
    assertThat(capture.out()).startsWith(file + ": 2 records, ");
    return Run.of("replay", "--json", file.toString()).out();
  }

  private static String live(EmbeddedBroker broker, Cluster cluster, Path folder) throws Exception {
    StreamsSettings settings =
        StreamsSettings.from(
            new Env(
                Map.of(
                    "HOGNOSE_BOOTSTRAP_SERVERS",
                    broker.bootstrapServers(),
                    "HOGNOSE_STATE_DIR",
                    folder.resolve("state").toString())));
    try (StreamsApplication streams = new StreamsApplication(settings, new SimpleMeterRegistry());
        Publisher publisher = new Publisher(broker.bootstrapServers())) {
      streams.start();
      Telemetry orders =
          new Telemetry(new ProcessId("orders", "web-1", 4242, NOW.minusSeconds(600)));
      publisher.send(
          List.of(
              orders.sample(NOW.minusSeconds(30), Bytes.ofMebi(50), 100_000),
              orders.block(NOW.minusSeconds(25), Duration.ofMillis(1500), PAY)));
      return firstAlert(cluster);
    }
  }

  private static String firstAlert(Cluster cluster) {
    Instant deadline = Instant.now().plus(DEADLINE);
    try (TopicReader reader = TopicReader.fromBeginning(cluster, List.of(Topics.ALERTS.name()))) {
      while (Instant.now().isBefore(deadline)) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(50))) {
          return RecordJson.of(record.topic(), record.value()).toString();
        }
      }
    }
    throw new AssertionError("no alert within " + DEADLINE);
  }
}
