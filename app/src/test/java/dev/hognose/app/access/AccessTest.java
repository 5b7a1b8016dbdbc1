package dev.hognose.app.access;

import static dev.hognose.app.access.RolesOnBroker.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.hognose.app.Publisher;
import dev.hognose.app.Run;
import dev.hognose.app.Telemetry;
import dev.hognose.app.service.OwnMetrics;
import dev.hognose.collector.Collector;
import dev.hognose.collector.CollectorSettings;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.settings.Env;
import dev.hognose.streams.StreamsApplication;
import dev.hognose.streams.StreamsSettings;
import dev.hognose.wire.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each program with the rights of its role and no other, over TLS, against a broker that knows its
 * users; and each without one of its rights.
 */
@Tag("e2e")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AccessTest {

  private static final Frame PAY = new Frame("/srv/pay.py", 12, "pay");
  private static final ProcessId PROCESS =
      new ProcessId("orders", "web-1", 7, Instant.now().truncatedTo(ChronoUnit.MILLIS));
  private static final List<Grant> GRANTS =
      Grants.of("hognose-streams", "hognose-collector", Optional.empty());

  private final HttpClient http = HttpClient.newHttpClient();
  private final Telemetry process = new Telemetry(PROCESS);
  private RolesOnBroker roles;
  private Path folder;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    this.folder = folder;
    roles = RolesOnBroker.start(folder);
    roles.grantByTheScript();
  }

  @AfterAll
  void stop() {
    roles.close();
  }

  @Test
  @Order(0)
  void whatTheScriptGrantsIsWhatTheProgramGrants() throws Exception {
    Set<AclBinding> byTheScript = roles.granted();
    assertThat(byTheScript).hasSizeGreaterThan(GRANTS.size());

    Run granted = roles.acls("--create", "--bootstrap-servers", roles.broker().administration());

    assertThat(granted.exitCode()).as(granted.err()).isZero();
    assertThat(granted.out()).startsWith(byTheScript.size() + " rights granted on ");
    assertThat(roles.granted()).isEqualTo(byTheScript);
  }

  @Test
  @Order(1)
  void setupCreatesTheTopicsAndOthersDoNot() throws Exception {
    String create = "topics --create --partitions 2 --replication 1";
    Run notAllowed = roles.run(Role.AGENT, create);
    assertThat(notAllowed.err()).startsWith("hognose topics: ").contains("Kafka does not allow it");
    assertThat(notAllowed.exitCode()).isEqualTo(1);

    Run created = roles.run(Role.SETUP, create);

    assertThat(created.err()).contains("hognose.samples: created");
    assertThat(created.exitCode()).as(created.err()).isZero();
    assertThat(roles.run(Role.TOOLS, "topics").exitCode()).isZero();
  }

  @Test
  @Order(2)
  void streamsMayNotCreateWhatTheyKeep() throws Exception {
    Grant internal = grants(Role.STREAMS).filter(AccessTest::isInternal).findFirst().orElseThrow();
    roles.without(
        internal,
        () -> assertRefused(roles.run(Role.STREAMS, "streams"), "hognose streams: ", "allow it: "));
  }

  @Test
  @Order(3)
  void whatAnAgentTellsIsJudgedShownAndReplayed() throws Exception {
    OwnMetrics own = new OwnMetrics();
    Env streaming =
        roles.env(Role.STREAMS, Map.of("STATE_DIR", folder.resolve("state").toString()));
    try (own;
        StreamsApplication streams =
            new StreamsApplication(StreamsSettings.from(streaming), own.registry());
        Collector collector = collector(own)) {
      streams.start();
      collector.start();
      await("streams and collector", () -> streams.isReady() && collector.isReady());
      send();

      await("the alert", () -> get(collector, "/api/v1/alerts").contains(PAY.file()));
      assertThat(get(collector, "/api/v1/history?process=" + PROCESS.key()))
          .contains("\"rss_bytes\":[5.24288E7]");
    }
    Run replayed = roles.run(Role.TOOLS, "replay --from -10m --to now --warm-up 1m");
    assertThat(replayed.out()).contains(PAY.file());
    assertThat(replayed.exitCode()).isZero();
  }

  static Stream<Grant> ofStreams() {
    return grants(Role.STREAMS).filter(grant -> !isInternal(grant));
  }

  @ParameterizedTest
  @MethodSource("ofStreams")
  @Order(4)
  void streamsEndWithoutOneOfTheirRights(Grant grant) throws Exception {
    roles.without(
        grant,
        () -> assertRefused(roles.run(Role.STREAMS, "streams"), "hognose streams: ", "allow it"));
  }

  static Stream<Grant> ofCollector() {
    return grants(Role.COLLECTOR).filter(grant -> !grant.name().equals(Topics.PROFILES.name()));
  }

  /** It waits as it does for a broker: the rights may be on their way. */
  @ParameterizedTest
  @MethodSource("ofCollector")
  @Order(4)
  void collectorIsNotReadyWithoutOneOfItsRightsAndSaysWhich(Grant grant) throws Exception {
    roles.without(
        grant,
        () -> {
          try (OwnMetrics own = new OwnMetrics();
              Collector collector = collector(own)) {
            collector.start();
            await(
                "the refusal",
                () -> {
                  String told = get(collector, "/readyz");
                  return told.contains("Kafka does not allow it: ") && told.contains(grant.name());
                });
            roles.grant(grant);
            await("the fleet", collector::isReady);
          }
        });
  }

  static Stream<Grant> ofTools() {
    return grants(Role.TOOLS);
  }

  @ParameterizedTest
  @MethodSource("ofTools")
  @Order(4)
  void toolsEndWithoutOneOfTheirRights(Grant grant) throws Exception {
    String topic = grant.name().replace("hognose.", "");
    roles.without(
        grant,
        () -> {
          assertRefused(roles.run(Role.TOOLS, "topics"), "hognose topics: ", grant.name());
          String tail = "tail --from-beginning --topic " + topic;
          assertRefused(roles.run(Role.TOOLS, tail), "hognose tail: ", grant.name());
        });
  }

  static Stream<Grant> ofAgent() {
    return grants(Role.AGENT);
  }

  /** That the agent itself counts and says it, is a test of the agent's. */
  @ParameterizedTest
  @MethodSource("ofAgent")
  @Order(4)
  void agentsWriteOnlyWithTheRightTo(Grant grant) throws Exception {
    roles.without(
        grant,
        () ->
            assertThatThrownBy(() -> send())
                .hasRootCauseInstanceOf(TopicAuthorizationException.class)
                .hasMessageContaining(grant.name()));
  }

  static Stream<Arguments> strangers() {
    return Stream.of(
        arguments("topics", Map.of("SASL_JAAS_CONFIG", login("PlainLoginModule", "nobody"))),
        arguments("streams", Map.of("SASL_JAAS_CONFIG", login("PlainLoginModule", "nobody"))),
        // Without the authority nobody knows whether it is the broker.
        arguments(
            "topics", Map.of("SSL_TRUSTSTORE_TYPE", "JKS", "SSL_TRUSTSTORE_LOCATION", javasOwn())),
        arguments(
            "streams",
            Map.of("SSL_TRUSTSTORE_TYPE", "JKS", "SSL_TRUSTSTORE_LOCATION", javasOwn())));
  }

  @ParameterizedTest
  @MethodSource("strangers")
  @Order(5)
  void strangersAreToldThatTheyAreNotLetIn(String command, Map<String, String> wrong) {
    Map<String, String> all = new HashMap<>(roles.broker().plain("tools"));
    wrong.forEach((key, value) -> all.put("HOGNOSE_KAFKA_" + key, value));
    if (command.equals("streams")) {
      all.put("HOGNOSE_HTTP_PORT", "0");
    }

    Run refused = Run.of(all, command);

    assertRefused(refused, "hognose " + command + ": ", "Kafka does not let us in: ");
    assertThat(refused.err()).doesNotContain("secret");
  }

  private static Stream<Grant> grants(Role role) {
    return GRANTS.stream().filter(grant -> grant.role() == role);
  }

  private static boolean isInternal(Grant grant) {
    return grant.name().equals("hognose-streams-") && grant.type() == ResourceType.TOPIC;
  }

  private static String login(String module, String name) {
    return "org.apache.kafka.common.security.plain.%s required username=\"%s\" password=\"secret\";"
        .formatted(module, name);
  }

  private static String javasOwn() {
    return Path.of(System.getProperty("java.home"), "lib", "security", "cacerts").toString();
  }

  private static void assertRefused(Run refused, String start, String reason) {
    String sentence =
        refused.err().lines().filter(line -> line.startsWith(start)).findFirst().orElse("");
    assertThat(sentence).as(refused.err()).contains(reason);
    assertThat(refused.exitCode()).isEqualTo(1);
  }

  private Collector collector(OwnMetrics own) {
    Env env = roles.env(Role.COLLECTOR, Map.of("HTTP_PORT", "0"));
    return new Collector(CollectorSettings.from(env), own.registry());
  }

  /** A sample, and a block that is an alert at once. */
  private void send() throws Exception {
    Instant now = Instant.now();
    try (Publisher publisher = publisher()) {
      publisher.send(
          List.of(
              process.sample(now.minusSeconds(3), Bytes.ofMebi(50), 100_000),
              process.block(now.minusSeconds(2), Duration.ofMillis(1500), PAY)));
    }
  }

  private Publisher publisher() {
    Env env = roles.env(Role.AGENT, Map.of());
    String servers = env.text("BOOTSTRAP_SERVERS", "");
    Properties client = env.kafka();
    client.put("max.block.ms", "10000");
    return new Publisher(servers, client);
  }

  private String get(Collector collector, String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + collector.port() + path);
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
  }
}
