package dev.hognose.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.app.Publisher;
import dev.hognose.app.Telemetry;
import dev.hognose.app.broker.EmbeddedBroker;
import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.topics.ClusterTopics;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.ProcessId;
import dev.hognose.settings.Env;
import dev.hognose.streams.StreamsApplication;
import dev.hognose.streams.StreamsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.ThreadMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tasks go from one instance to another and back, each time to who stood by: what is known of a
 * process goes with them, so that a record which comes again is known wherever it is read.
 */
@Tag("e2e")
class StandbyTest {

  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final int PROCESSES = 200;
  private static final int PARTITIONS = 2;

  @Test
  void whoStoodByKnowsWhatTheOtherKnew(@TempDir Path folder) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"));
        Publisher publisher = new Publisher(broker.bootstrapServers())) {
      create(broker);
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      List<Telemetry> processes = processes(now.minusSeconds(60));
      List<ProducerRecord<byte[], byte[]>> first = samples(processes, now.minusSeconds(10));
      List<ProducerRecord<byte[], byte[]>> second =
          samples(processes.subList(0, PROCESSES / 2), now);
      try (Instance one = new Instance(broker, folder.resolve("one"))) {
        publisher.send(first);
        await("all judged by one", () -> one.counted("applied") >= PROCESSES);

        try (Instance other = new Instance(broker, folder.resolve("other"))) {
          await("tasks shared out", () -> one.standsBy() && other.judges() && other.standsBy());
          publisher.send(first);
          await(
              "all known to the two",
              () -> one.counted("doubled") + other.counted("doubled") >= PROCESSES);
          // Of the others the one that stands by hears nothing more.
          publisher.send(second);
          await(
              "half of them judged again by the two",
              () -> one.counted("applied") + other.counted("applied") >= 1.5 * PROCESSES);
        }
        double known = one.counted("doubled");
        publisher.send(first);
        publisher.send(second);
        await(
            "all known to the one that is left",
            () -> one.counted("doubled") >= known + 1.5 * PROCESSES);
        assertThat(one.counted("applied")).isLessThan(1.5 * PROCESSES);
      }
    }
  }

  private static void create(EmbeddedBroker broker) throws Exception {
    try (ClusterTopics topics =
        new ClusterTopics(new Cluster(broker.bootstrapServers(), new Properties()))) {
      topics.createMissing(PARTITIONS, Optional.of((short) 1));
    }
  }

  private static List<Telemetry> processes(Instant started) {
    List<Telemetry> processes = new ArrayList<>();
    for (int pid = 1; pid <= PROCESSES; pid++) {
      ProcessId process = new ProcessId("service-" + pid % 10, "web-1", pid, started);
      processes.add(new Telemetry(process, Duration.ofSeconds(10)));
    }
    return processes;
  }

  private static List<ProducerRecord<byte[], byte[]>> samples(
      List<Telemetry> processes, Instant at) {
    return processes.stream()
        .map(process -> process.sample(at, Bytes.ofMebi(50), 100_000))
        .toList();
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    Instant deadline = Instant.now().plus(DEADLINE);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError(what + ": not seen within " + DEADLINE);
      }
      Thread.sleep(LOOK_AGAIN.toMillis());
    }
  }

  /** One of several that share the work, each with a state of its own. */
  private static final class Instance implements AutoCloseable {

    private final OwnMetrics own = new OwnMetrics();
    private final StreamsApplication streams;

    Instance(EmbeddedBroker broker, Path state) {
      streams =
          new StreamsApplication(
              StreamsSettings.from(
                  new Env(
                      Map.of(
                          "HOGNOSE_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                          "HOGNOSE_STANDBY_REPLICAS", "1",
                          "HOGNOSE_STATE_DIR", state.toString()))),
              own.registry());
      streams.start();
    }

    boolean judges() {
      return streams.isReady()
          && threads().stream().anyMatch(each -> !each.activeTasks().isEmpty());
    }

    boolean standsBy() {
      return streams.isReady()
          && threads().stream().anyMatch(each -> !each.standbyTasks().isEmpty());
    }

    private Set<ThreadMetadata> threads() {
      return streams.kafkaStreams().metadataForLocalThreads();
    }

    double counted(String outcome) {
      return own.registry()
          .get("hognose.streams.records")
          .tags("topic", "hognose.samples", "outcome", outcome)
          .counter()
          .count();
    }

    @Override
    public void close() {
      streams.close();
      own.close();
    }
  }
}
