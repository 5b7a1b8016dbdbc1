package dev.hognose.app.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.app.Publisher;
import dev.hognose.app.Run;
import dev.hognose.app.Telemetry;
import dev.hognose.app.broker.EmbeddedBroker;
import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.console.FailureException;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.settings.Env;
import dev.hognose.streams.StreamsSettings;
import dev.hognose.wire.Topic;
import dev.hognose.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows of a cluster that cannot be replayed, and what is told then. */
@Tag("e2e")
class BadWindowTest {

  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private static final Frame PAY = new Frame("/srv/orders/views.py", 41, "pay");

  @TempDir private Path folder;
  private EmbeddedBroker broker;

  @BeforeEach
  void start() {
    broker = EmbeddedBroker.start(folder.resolve("broker"));
    Run.of("topics", "--create", "--partitions", "1", "--bootstrap-servers", cluster());
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void whatTheClusterHasNotIsToldInOneSentence() throws Exception {
    publish(samples("orders", 100, 20));

    refused(
        replay(NOW.minusSeconds(2000), NOW.minusSeconds(1900)),
        "no records from " + NOW.minusSeconds(2000) + " to " + NOW.minusSeconds(1900));
    refused(
        replay(NOW.minusSeconds(200), NOW, "--service", "ordres"),
        "--service ordres: not in this window, expected orders");
    refused(capture(NOW.minusSeconds(2000), NOW.minusSeconds(1900)), "no records from ");
    refused(
        capture(NOW.minusSeconds(200), NOW, "--service", "ordres"),
        "--service ordres: not in this window, expected orders");
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(folder).isDirectoryNotContaining("glob:**.part");

    forget(Map.of(Topics.SAMPLES, 5L));
    String forgotten =
        "--from %s: expected %s or later, %s keeps nothing older"
            .formatted(NOW.minusSeconds(98), NOW.minusSeconds(95), cluster());
    refused(replay(NOW.minusSeconds(98), NOW), forgotten);
    refused(capture(NOW.minusSeconds(98), NOW), forgotten);
    assertThat(replay(NOW.minusSeconds(95), NOW).exitCode()).isZero();
  }

  /** Of a quiet partition whole segments go, a week after their last record: it has older ones. */
  @Test
  void quietEventsDoNotSpeakForTheSamples() throws Exception {
    Telemetry orders =
        new Telemetry(new ProcessId("orders", "web-1", 4242, NOW.minusSeconds(20_000)));
    publish(
        List.of(
            orders.block(NOW.minusSeconds(3000), Duration.ofMillis(1500), PAY),
            orders.block(NOW.minusSeconds(2000), Duration.ofMillis(1500), PAY)));
    publish(samples("orders", 100, 20));
    forget(Map.of(Topics.SAMPLES, 5L, Topics.EVENTS, 1L));

    refused(
        replay(NOW.minusSeconds(98), NOW),
        "--from %s: expected %s or later, %s keeps nothing older"
            .formatted(NOW.minusSeconds(98), NOW.minusSeconds(95), cluster()));
  }

  @Test
  void warmUpThatIsForgottenIsNotTakenForRead() throws Exception {
    publish(samples("orders", 100, 20));
    forget(Map.of(Topics.SAMPLES, 5L));

    Run run = replay(NOW.minusSeconds(90), NOW);

    String remark =
        "1 processes are older than the warm-up, which begins at " + NOW.minusSeconds(95) + ": ";
    assertThat(run.err()).contains(remark);
    assertThat(capture(NOW.minusSeconds(90), NOW).exitCode()).isZero();
    assertThat(Run.of("replay", folder.resolve("out").toString()).err()).contains(remark);
  }

  /** A comparison is worth as much as the history of the policy that looks back furthest. */
  @Test
  void warmUpIsThatOfTheLongerPolicyOfAComparison() throws Exception {
    Telemetry orders =
        new Telemetry(new ProcessId("orders", "web-1", 4242, NOW.minus(Duration.ofDays(60))));
    publish(List.of(orders.sample(NOW.minusSeconds(60), Bytes.ofMebi(50), 100_000)));
    Instant from = NOW.minusSeconds(90);

    Run run = replay(from, NOW, "--what-if", "leak.bucket=10m");
    Run shorter = replay(from, NOW, "--what-if", "leak.bucket=1m");

    assertThat(run.err()).contains("the warm-up, which begins at " + from.minus(reach("10m")));
    assertThat(shorter.err()).contains("the warm-up, which begins at " + from.minus(reach("2m")));
  }

  private static Duration reach(String bucket) {
    return StreamsSettings.from(new Env(Map.of("HOGNOSE_LEAK_BUCKET", bucket))).leak().reach();
  }

  @Test
  void captureTellsThePolicyThatItRecords() throws Exception {
    publish(samples("orders", 100, 20));
    Map<String, String> early = Map.of("HOGNOSE_LEAK_POLICY", "early");

    Run run =
        Run.of(
            early,
            "capture",
            "--from",
            NOW.minusSeconds(200).toString(),
            "--to",
            NOW.toString(),
            "--bootstrap-servers",
            cluster(),
            "--output",
            folder.resolve("out").toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .hasSize(1)
        .allMatch(
            line ->
                line.endsWith(
                    " bytes, under block.hard=1000ms, block.quiet=600000ms,"
                        + " leak.bucket=120000ms, leak.policy=early"));
  }

  /** The records of partition 0 before an offset. */
  private void forget(Map<Topic<?, ?>, Long> before) throws Exception {
    Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
    before.forEach(
        (topic, offset) ->
            all.put(new TopicPartition(topic.name(), 0), RecordsToDelete.beforeOffset(offset)));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster()))) {
      admin.deleteRecords(all).all().get();
    }
  }

  private static int partitions(Admin admin) throws Exception {
    return admin
        .describeTopics(List.of(Topics.SAMPLES.name()))
        .allTopicNames()
        .get()
        .values()
        .iterator()
        .next()
        .partitions()
        .size();
  }

  @Test
  void partitionsThatWereChangedWithinTheWindowAreTold() throws Exception {
    List<String> services = List.of("a", "b", "c", "d", "e", "f");
    for (String service : services) {
      publish(samples(service, 100, 2));
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster()))) {
      Map<String, NewPartitions> more = Map.of(Topics.SAMPLES.name(), NewPartitions.increaseTo(4));
      admin.createPartitions(more).all().get();
      // The broker knows of them a moment after the controller, and a producer from the broker.
      Instant deadline = Instant.now().plusSeconds(60);
      while (partitions(admin) < 4) {
        assertThat(Instant.now()).isBefore(deadline);
      }
    }
    for (String service : services) {
      publish(samples(service, 50, 2));
    }

    Run run = replay(NOW.minusSeconds(200), NOW);

    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .matches(
            "hognose replay: hognose\\.samples: ./web-1/4242/\\d+ is in partition 0 and from \\S+"
                + " on in [1-3]: expected a window in which the number of partitions was not"
                + " changed\n");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void clusterThatGoesAwayInTheMiddleIsTold() throws Exception {
    publish(samples("orders", 14_000, 12_000));
    Window window = new Window(Duration.ZERO, NOW.minusSeconds(14_000), NOW);

    Properties littleAtATime = new Properties();
    littleAtATime.put("max.partition.fetch.bytes", "1000");

    try (ClusterRecords records =
        ClusterRecords.open(new Cluster(cluster(), littleAtATime), window)) {
      assertThat(records.next()).isPresent();
      broker.close();
      assertThatThrownBy(() -> readToTheEnd(records))
          .isInstanceOf(FailureException.class)
          .hasMessage(cluster() + ": no answer within 10 s, expected a Kafka broker");
    }
  }

  private static void readToTheEnd(ClusterRecords records) {
    boolean more = true;
    while (more) {
      more = records.next().isPresent();
    }
  }

  @Test
  void alertThatIsHeldOtherwiseIsADifferenceFieldByField() throws Exception {
    Telemetry orders = new Telemetry(new ProcessId("orders", "web-1", 4242, NOW.minusSeconds(600)));
    publish(
        List.of(
            orders.sample(NOW.minusSeconds(28), Bytes.ofMebi(50), 100_000),
            orders.block(NOW.minusSeconds(25), Duration.ofMillis(1500), PAY),
            orders.sample(NOW.minusSeconds(10), Bytes.ofMebi(50), 100_000)));
    Run nothingHeld = replay(NOW.minusSeconds(60), NOW, "--verify");
    assertThat(nothingHeld.exitCode()).isEqualTo(1);
    assertThat(nothingHeld.out().lines().toList())
        .hasSize(2)
        .satisfies(
            lines -> {
              assertThat(lines.get(0)).contains(": replayed, not held: orders: event loop blocked");
              assertThat(lines.get(1))
                  .isEqualTo(
                      "0 of 1 alerts are byte for byte as they were told live, 0 of 0"
                          + " earlier tellings are not");
            });

    publish(List.of(held(told())));
    Run other = replay(NOW.minusSeconds(60), NOW, "--verify");

    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.out())
        .containsPattern(
            "(?m)^[0-9a-f]{32}: orders: event loop blocked .*: advice: held \"Look elsewhere.\","
                + " replayed \"")
        .endsWith(
            "0 of 1 alerts are byte for byte as they were told live, 0 of 0 earlier"
                + " tellings are not\n");
  }

  @Test
  void captureOfAServiceKeepsWhatWasWithdrawn() throws Exception {
    Telemetry orders = new Telemetry(new ProcessId("orders", "web-1", 4242, NOW.minusSeconds(600)));
    publish(
        List.of(
            orders.sample(NOW.minusSeconds(28), Bytes.ofMebi(50), 100_000),
            orders.block(NOW.minusSeconds(25), Duration.ofMillis(1500), PAY)));
    Telling fired = told();
    Telling withdrawn = new Telling(fired.id(), fired.at().plusSeconds(1), Optional.empty());
    Telling another = new Telling("another", fired.at(), Optional.empty());
    publish(List.of(held(fired), withdrawal(withdrawn), withdrawal(another)));

    Run run = capture(NOW.minusSeconds(60), NOW, "--service", "orders");

    assertThat(run.out()).contains(": 2 records, 2 tellings of alerts, ");
  }

  private static ProducerRecord<byte[], byte[]> withdrawal(Telling telling) {
    return new ProducerRecord<>(
        Topics.ALERTS.name(),
        0,
        telling.at().toEpochMilli(),
        telling.id().getBytes(StandardCharsets.UTF_8),
        telling.value().orElse(null));
  }

  /** The last that the window tells. */
  private Telling told() throws Exception {
    Window window = new Window(Duration.ZERO, NOW.minusSeconds(60), NOW);
    List<Telling> told = new ArrayList<>();
    try (ClusterRecords records =
            ClusterRecords.open(new Cluster(cluster(), new Properties()), window);
        Rehearsal rehearsal =
            Rehearsal.of(Rules.of(StreamsSettings.from(new Env(Map.of()))), told::add)) {
      Optional<ConsumerRecord<byte[], byte[]>> next = records.next();
      while (next.isPresent()) {
        rehearsal.next(next.get());
        next = records.next();
      }
      rehearsal.advance(NOW);
    }
    return told.get(told.size() - 1);
  }

  private static ProducerRecord<byte[], byte[]> held(Telling telling) throws Exception {
    dev.hognose.v1.Alert alert = dev.hognose.v1.Alert.parseFrom(telling.value().orElseThrow());
    return new ProducerRecord<>(
        Topics.ALERTS.name(),
        0,
        telling.at().toEpochMilli(),
        telling.id().getBytes(StandardCharsets.UTF_8),
        alert.toBuilder().setAdvice("Look elsewhere.").build().toByteArray());
  }

  private static void refused(Run run, String sentence) {
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains(": " + sentence);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
  }

  private Run replay(Instant from, Instant to, String... more) {
    return run("replay", from, to, more);
  }

  private Run capture(Instant from, Instant to, String... more) {
    List<String> options = new ArrayList<>(List.of("--output", folder.resolve("out").toString()));
    options.addAll(List.of(more));
    return run("capture", from, to, options.toArray(String[]::new));
  }

  private Run run(String command, Instant from, Instant to, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--from",
                from.toString(),
                "--to",
                to.toString(),
                "--bootstrap-servers",
                cluster()));
    arguments.addAll(List.of(more));
    return Run.of(arguments.toArray(String[]::new));
  }

  /** A sample a second of one process, the first of them so many seconds ago. */
  private static List<ProducerRecord<byte[], byte[]>> samples(String service, int ago, int count) {
    Telemetry process =
        new Telemetry(new ProcessId(service, "web-1", 4242, NOW.minusSeconds(20_000)));
    List<ProducerRecord<byte[], byte[]>> samples = new ArrayList<>();
    for (int second = 0; second < count; second++) {
      samples.add(process.sample(NOW.minusSeconds(ago - second), Bytes.ofMebi(50), 100_000));
    }
    return samples;
  }

  private void publish(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    try (Publisher publisher = new Publisher(cluster())) {
      publisher.send(records);
    }
  }

  private String cluster() {
    return broker.bootstrapServers();
  }
}
