package dev.hognose.app.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import dev.hognose.app.Publisher;
import dev.hognose.app.Telemetry;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;

/**
 * The program's image beside a broker of its own, as an ordinary user, on a read-only root, without
 * capabilities; {@code ./hognose test containers} builds the image first.
 */
@Tag("containers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageTest {

  private static final String IMAGE = "hognose:0.1.0";
  private static final String BROKER = "broker:19092";
  private static final Duration DEADLINE = Duration.ofMinutes(4);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
  private static final Frame PAY = new Frame("/srv/orders/views.py", 41, "pay");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Network network = Network.newNetwork();
  private final KafkaContainer broker =
      new KafkaContainer("apache/kafka:4.3.1")
          .withNetwork(network)
          .withListener(BROKER)
          .withStartupTimeout(DEADLINE);
  private final GenericContainer<?> streams = serving("streams", 9465);
  private final GenericContainer<?> collector = serving("collector", 9464);

  @BeforeAll
  void start() {
    broker.start();
    try (GenericContainer<?> topics = program("topics", "--create", "--partitions", "3")) {
      topics.withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(DEADLINE));
      topics.start();
    }
    streams.start();
    collector.start();
  }

  @AfterAll
  void stop() {
    collector.stop();
    streams.stop();
    broker.stop();
    network.close();
  }

  @Test
  void blockIsToldByTheImage() throws Exception {
    Instant now = Instant.now();
    Telemetry orders = new Telemetry(new ProcessId("orders", "web-1", 1, now.minusSeconds(600)));
    try (Publisher publisher = new Publisher(broker.getBootstrapServers())) {
      publisher.send(
          List.of(
              orders.sample(now.minusSeconds(4), Bytes.ofMebi(50), 100_000),
              orders.block(now.minusSeconds(3), Duration.ofMillis(1500), PAY)));
    }

    String alerts = "";
    Instant deadline = Instant.now().plus(DEADLINE);
    while (!alerts.contains("\"loop_block\"") && Instant.now().isBefore(deadline)) {
      alerts = answer("/api/v1/alerts");
      Thread.sleep(LOOK_AGAIN.toMillis());
    }
    assertThat(alerts).contains("\"loop_block\"", PAY.file(), "\"sync_sleep\"");
  }

  @Test
  void programIsNobodyInParticular() throws Exception {
    for (GenericContainer<?> each : List.of(streams, collector)) {
      assertThat(each.execInContainer("id", "-u").getStdout().strip()).isEqualTo("10001");
      assertThat(each.execInContainer("touch", "/hognose/new").getExitCode()).isNotZero();
    }
  }

  private String answer(String path) throws Exception {
    URI address =
        URI.create(
            "http://%s:%d%s".formatted(collector.getHost(), collector.getMappedPort(9464), path));
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
  }

  private GenericContainer<?> serving(String command, int port) {
    return program(command)
        .withEnv("HOGNOSE_HTTP_HOST", "0.0.0.0")
        .withExposedPorts(port)
        .waitingFor(Wait.forHttp("/readyz").forPort(port).withStartupTimeout(DEADLINE));
  }

  private GenericContainer<?> program(String... command) {
    return new GenericContainer<>(IMAGE)
        .withNetwork(network)
        .withCommand(command)
        .withEnv("HOGNOSE_BOOTSTRAP_SERVERS", BROKER)
        .withTmpFs(Map.of("/tmp", "exec,mode=1777,size=128m"))
        .withCreateContainerCmdModifier(
            create -> {
              HostConfig host = Objects.requireNonNull(create.getHostConfig());
              host.withReadonlyRootfs(true).withCapDrop(Capability.ALL);
            });
  }
}
