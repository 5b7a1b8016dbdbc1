package dev.hognose.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.app.Publisher;
import dev.hognose.app.Run;
import dev.hognose.app.Telemetry;
import dev.hognose.app.broker.EmbeddedBroker;
import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.topics.ClusterTopics;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.settings.Env;
import dev.hognose.streams.StreamsApplication;
import dev.hognose.streams.StreamsSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A window judged live on a real broker, while instances come and go and records are sent twice,
 * and then replayed.
 *
 * <p>The three wait for groups to change hands most of the time, and wait side by side.
 *
 * <p>Not yet with processes that fall silent: what is told of these still depends on when timers
 * come.
 */
@Tag("e2e")
class LiveAndAgainTest {

  private static final Duration DEADLINE = Duration.ofSeconds(90);
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Instant END = Instant.now().truncatedTo(ChronoUnit.MINUTES).minusSeconds(60);
  private static final Instant BEGIN = END.minus(Duration.ofMinutes(50));
  private static final List<Frame> CULPRITS =
      List.of(
          new Frame("/srv/orders/views.py", 41, "pay"),
          new Frame("/srv/orders/mail.py", 7, "send"),
          new Frame("/srv/orders/report.py", 99, "render"));

  @TempDir private Path folder;

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @CsvSource({"4, pager", "12, balanced", "1, pager"})
  void replayTellsWhatWasToldLive(int partitions, String policy) throws Exception {
    List<ProducerRecord<byte[], byte[]>> records = records(new Random(partitions));
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
      Map<String, String> environment = environment(broker, policy);
      try (ClusterTopics topics =
          new ClusterTopics(new Cluster(broker.bootstrapServers(), new Properties()))) {
        topics.createMissing(partitions, Optional.of((short) 1));
      }

      Run verified = live(environment, records);

      assertThat(verified.out()).doesNotStartWith("0 of 0 alerts");
      assertThat(verified.exitCode()).describedAs(verified.out() + verified.err()).isZero();
      String once = replay(environment, "--json").out();
      assertThat(once.lines().count()).isGreaterThan(20);
      assertThat(once).contains("memory_leak", "loop_block");
      assertThat(replay(environment, "--json").out()).isEqualTo(once);

      Path kept = folder.resolve("kept.hog");
      assertThat(run(environment, "capture", "--output", kept.toString()).exitCode()).isZero();
      Map<String, String> elsewhere = Map.of();
      assertThat(Run.of(elsewhere, "replay", "--json", kept.toString()).out()).isEqualTo(once);
      Run verifiedAgain = Run.of(elsewhere, "replay", "--verify", kept.toString());
      assertThat(verifiedAgain.out()).isEqualTo(verified.out());
      assertThat(verifiedAgain.exitCode()).isZero();
    }
  }

  private Map<String, String> environment(EmbeddedBroker broker, String policy) {
    return Map.of(
        "HOGNOSE_BOOTSTRAP_SERVERS",
        broker.bootstrapServers(),
        "HOGNOSE_LEAK_POLICY",
        policy,
        "HOGNOSE_LEAK_BUCKET",
        "10s",
        "HOGNOSE_BLOCK_QUIET",
        "20s");
  }

  private static Run replay(Map<String, String> environment, String how) {
    return run(environment, "replay", how);
  }

  private static Run run(Map<String, String> environment, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--from", BEGIN.toString(), "--to", END.toString()));
    return Run.of(environment, arguments.toArray(String[]::new));
  }

  /** The first third to one instance, then to two, then to the other one; until all is told. */
  private Run live(Map<String, String> environment, List<ProducerRecord<byte[], byte[]>> records)
      throws Exception {
    int third = records.size() / 3;
    try (Publisher publisher =
            new Publisher(environment.getOrDefault("HOGNOSE_BOOTSTRAP_SERVERS", ""));
        StreamsApplication second = streams(environment, "second")) {
      try (StreamsApplication first = streams(environment, "first")) {
        first.start();
        publisher.send(records.subList(0, third));
        second.start();
        publisher.send(records.subList(third - 20, 2 * third));
      }
      publisher.send(records.subList(2 * third - 20, records.size()));
      Instant deadline = Instant.now().plus(DEADLINE);
      Run verified = replay(environment, "--verify");
      while (verified.exitCode() != 0 && Instant.now().isBefore(deadline)) {
        // A replay takes what the live ones need to get on.
        Thread.sleep(BEAT.toMillis());
        verified = replay(environment, "--verify");
      }
      return verified;
    }
  }

  private StreamsApplication streams(Map<String, String> environment, String name) {
    Map<String, String> own = new HashMap<>(environment);
    own.put("HOGNOSE_STATE_DIR", folder.resolve(name).toString());
    return new StreamsApplication(StreamsSettings.from(new Env(own)), new SimpleMeterRegistry());
  }

  /** Nine processes of three services in the order of their times, some records twice. */
  private static List<ProducerRecord<byte[], byte[]>> records(Random random) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int number = 0; number < 9; number++) {
      Telemetry process =
          new Telemetry(
              new ProcessId("service-" + number % 3, "web-" + number, 7, BEGIN.minusSeconds(30)),
              Duration.ofSeconds(10));
      boolean leaks = number % 4 == 0;
      for (int second = 0; second < 50 * 60; second += 10) {
        Instant at = BEGIN.plusSeconds(second).plusMillis(number * 97L);
        long grown = leaks ? second / 10 * 256L : 0;
        records.add(
            process.sample(
                at,
                new Bytes((80L << 20) + (grown << 10) + random.nextInt(4096)),
                100_000 + grown));
        if (random.nextInt(30) == 0) {
          Duration duration = Duration.ofMillis(200 + random.nextInt(2_500));
          records.add(
              process.block(
                  at.plusMillis(1), duration, CULPRITS.get(random.nextInt(CULPRITS.size()))));
        }
        if (leaks && random.nextInt(40) == 0) {
          records.add(process.growth(at.plusMillis(2), CULPRITS.get(0), Bytes.ofMebi(3)));
        }
      }
    }
    records.sort(Comparator.comparing(ProducerRecord::timestamp));
    for (int twice = 0; twice < 50; twice++) {
      int at = random.nextInt(records.size() - 40);
      records.add(at + random.nextInt(40), records.get(at));
    }
    return records;
  }
}
