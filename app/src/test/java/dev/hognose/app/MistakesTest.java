package dev.hognose.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person is told who made a mistake. */
class MistakesTest {

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("", 2, "hognose: no command; hognose --help tells more"),
        mistake(
            "tial",
            2,
            "hognose: unmatched argument at index 0: 'tial': expected one of demo, streams, collector, judge, topics, acls, tail, replay, capture;"
                + " hognose --help tells more"),
        mistake(
            "tail --topic sample",
            2,
            "hognose tail: invalid value for option '--topic' (TOPIC): 'sample': expected one of"
                + " samples, events, trends, services, profiles, alerts, dead-letters;"
                + " hognose tail --help tells more"),
        mistake(
            "tail --kind loopblock",
            2,
            "hognose tail: invalid value for option '--kind': 'loopblock': expected one of"
                + " allocation_growth, child_process_leak,"),
        mistake("tail", 2, "hognose tail: expected a PATH or --bootstrap-servers HOST:PORT"),
        mistake(
            "tail x.capture --from-beginning",
            2,
            "hognose tail: --from-beginning: expected no PATH beside it"),
        mistake("tail no/such.capture", 1, "hognose tail: no/such.capture: no such file"),
        mistake("tail pom.xml", 1, "hognose tail: pom.xml: expected a file that begins with"),
        mistake("tail no/\u001b[2J", 1, "hognose tail: no/\\u001b[2J: no such file"),
        mistake("tail .", 1, "hognose tail: .: is a directory"),
        mistake("tail --topic", 2, "hognose tail: missing required parameter for option '--topic'"),
        mistake("tail a b", 2, "hognose tail: unmatched argument at index 2: 'b';"),
        mistake(
            "tail --bootstrap-servers 127.0.0.1:99999",
            2,
            "hognose tail: Kafka client for 127.0.0.1:99999: Invalid port in bootstrap.servers:"
                + " 127.0.0.1:99999"),
        mistake("--versoin", 2, "hognose: unknown option: '--versoin'; hognose --help tells more"),
        mistake("acls --create", 2, "hognose acls: --create: expected --bootstrap-servers, too"),
        mistake(
            "acls --agent hognose-agent",
            2,
            "hognose acls: --agent hognose-agent: expected User:NAME"),
        mistake("acls --agent User:", 2, "hognose acls: --agent User:: expected User:NAME"),
        mistake("topics --check", 2, "hognose topics: --check: expected --bootstrap-servers, too"),
        mistake(
            "topics --replication 0 --bootstrap-servers 127.0.0.1:1",
            2,
            "hognose topics: --replication 0: expected 1 or more"),
        mistake(
            "topics --replication 70000",
            2,
            "hognose topics: invalid value for option '--replication': '70000': expected an"
                + " integer;"),
        mistake("topics --create", 2, "hognose topics: --create: expected --bootstrap-servers"),
        mistake(
            "topics --partitions 0 --bootstrap-servers 127.0.0.1:1",
            2,
            "hognose topics: --partitions 0: expected 1 or more"),
        mistake(
            "topics --partitions many",
            2,
            "hognose topics: invalid value for option '--partitions': 'many': expected an integer;"
                + " hognose topics --help tells more"),
        mistake("replay", 2, "hognose replay: expected a FILE, or --from T and --to T"),
        mistake("replay no/such.hog", 1, "hognose replay: no/such.hog: no such file"),
        mistake("replay pom.xml", 1, "hognose replay: pom.xml: expected a file that begins with"),
        mistake("replay a.hog b.hog", 2, "hognose replay: unmatched argument at index 2: 'b.hog';"),
        mistake(
            "replay x.hog --what-if block.hard",
            2,
            "hognose replay: --what-if block.hard=: expected a duration such as 500ms, 10s or 5m"),
        mistake(
            "replay --from -999999999999d --to now",
            2,
            "hognose replay: --from -999999999999d: expected "),
        mistake("replay .", 1, "hognose replay: .: is a directory, expected a capture"),
        mistake(
            "replay x.hog --bootstrap-servers 127.0.0.1:1",
            2,
            "hognose replay: --bootstrap-servers: expected no FILE beside it"),
        mistake(
            "replay --from yesterday --to now",
            2,
            "hognose replay: --from yesterday: expected now, -10m, or a time such as"
                + " 2026-11-21T11:00:00Z"),
        mistake(
            "replay --from now --to -10m",
            2,
            "hognose replay: --to -10m: expected a time after --from now"),
        mistake(
            "replay --from -10m --to 2999-01-01T00:00:00Z",
            2,
            "hognose replay: --to 2999-01-01T00:00:00Z: expected a time that has passed"),
        mistake(
            "replay --from -10m --to now --warm-up long",
            2,
            "hognose replay: --warm-up long: expected a duration such as 500ms, 10s or 5m"),
        mistake(
            "replay --from -10m --to now",
            2,
            "hognose replay: expected a FILE or --bootstrap-servers HOST:PORT"),
        mistake(
            "replay x.hog --what-if block.hart=1s",
            2,
            "hognose replay: --what-if block.hart: no such policy value, expected block.hard,"),
        mistake(
            "replay x.hog --what-if block.hard=soon",
            2,
            "hognose replay: --what-if block.hard=soon: expected a duration such as 500ms, 10s or"
                + " 5m"),
        mistake(
            "replay x.hog --what-if leak.policy=eager",
            2,
            "hognose replay: --what-if leak.policy=eager: expected one of early, fast"),
        mistake(
            "replay --from -10m --to now --bootstrap-servers 127.0.0.1:1",
            1,
            "hognose replay: 127.0.0.1:1: no answer within 10 s, expected a Kafka broker"),
        mistake(
            "capture --from -10m --to now",
            2,
            "hognose capture: missing required option: '--output=FILE'"),
        mistake("capture --output x.hog", 2, "hognose capture: expected --from T and --to T"),
        mistake(
            "capture --from -10m --to now --output x.hog",
            2,
            "hognose capture: expected --bootstrap-servers HOST:PORT"),
        mistake(
            "capture --from -10m --to now --output no/such/folder/x.hog",
            1,
            "hognose capture: no/such/folder/x.hog: expected an existing folder"),
        mistake(
            "capture --from -10m --to now --output src",
            1,
            "hognose capture: src: is a directory, expected the name of a file"),
        mistake(
            "capture --from -10m --to now --output x.hog --key-file k",
            2,
            "hognose capture: --key-file k: expected --anonymise with it"),
        mistake(
            "capture --from -10m --to now --output x.hog --anonymise --key-file no/such.key",
            1,
            "hognose capture: no/such.key: no such file"),
        mistake(
            "replay pom.xml --report no/such/folder/x.html",
            1,
            "hognose replay: no/such/folder/x.html: expected an existing folder"),
        mistake(
            "replay pom.xml --report src",
            1,
            "hognose replay: src: is a directory, expected the name of a file"),
        mistake(
            "replay pom.xml --openmetrics no/such/folder/x.om",
            1,
            "hognose replay: no/such/folder/x.om: expected an existing folder"),
        mistake("replay pom.xml --report /proc/x.html", 1, "hognose replay: /proc/x.html: "),
        mistake("judge", 2, "hognose judge: missing required parameter: 'PATH';"),
        mistake(
            "judge x.csv --policy wild",
            2,
            "hognose judge: --policy=wild: expected one of early, fast, balanced, pager, strict;"),
        mistake("judge x.csv --bucket 999999999999d", 2, "hognose judge: --bucket=999999999999d: "),
        mistake("judge pom.xml", 1, "pom.xml: expected a name that ends in .csv or .csv.gz"),
        mistake("judge no/such.csv", 1, "no/such.csv: no such file or directory"),
        mistake(
            "demo --check --seconds 5",
            2,
            "hognose demo: --seconds: expected no --check beside it, which ends by itself"),
        mistake(
            "demo --stay",
            2,
            "hognose demo: --stay: expected --check beside it, else it stays anyway"),
        mistake("demo --seconds 0", 2, "hognose demo: --seconds 0: expected 1 or more"),
        mistake(
            "demo --http-port 70000",
            2,
            "hognose demo: --http-port 70000: expected an integer from 0 to 65535"),
        mistake("demo --python src", 2, "hognose demo: --python src: expected a program at "),
        mistake("demo --seconds many", 2, "hognose demo: invalid value for option '--seconds': "),
        mistake(
            "demo --python no/such/python",
            2,
            "hognose demo: --python no/such/python: expected a program at "),
        mistake(
            "topics --bootstrap-servers kafka",
            2,
            "hognose topics: Kafka client for kafka: Invalid url in bootstrap.servers: kafka"));
  }

  private static Arguments mistake(String commandLine, int exitCode, String sentence) {
    return arguments(commandLine, exitCode, sentence);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isToldInOneSentence(String commandLine, int exitCode, String sentence) {
    Run run = Run.of(commandLine.isEmpty() ? new String[0] : commandLine.split(" ", -1));

    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith(sentence);
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.out()).isEmpty();
  }

  static Stream<Arguments> settings() {
    return Stream.of(
        setting("streams", "HTTP_PORT", "80a", "expected an integer from 0 to 65535"),
        setting("streams", "LEAK_BUCKET", "1", "expected a duration such as 500ms, 10s or 5m"),
        setting(
            "streams", "LOG_LEVEL", "verbose", "expected one of error, warn, info, debug, trace"),
        setting("collector", "HTTP_PORT", "70000", "expected an integer from 0 to 65535"),
        setting("collector", "LOG_LEVEL", "", "expected one of error, warn, info, debug, trace"),
        setting("demo", "LEAK_POLICY", "wild", "expected"));
  }

  private static Arguments setting(String command, String key, String value, String expected) {
    return arguments(command, "HOGNOSE_" + key, value, expected);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void settingNamesKeyValueAndExpectation(
      String command, String key, String value, String expected) {
    Run run = Run.of(Map.of(key, value), command);

    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .startsWith("hognose " + command + ": " + key + "=" + value + ": " + expected);
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "streams", "collector", "topics", "tail"})
  void misspeltSettingIsRefusedByEveryCommand(String command) {
    Run run = Run.of(Map.of("HOGNOSE_HTP_PORT", "9464"), command);

    assertThat(run.err())
        .startsWith("hognose " + command + ": HOGNOSE_HTP_PORT: no such setting, expected ");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"streams", "collector"})
  void portInUseIsNamed(String command) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      Run run = Run.of(Map.of("HOGNOSE_HTTP_PORT", port), command);

      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.err()).contains("HOGNOSE_HTTP_PORT=" + port + ": ", "expected a free port");
      assertThat(run.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void portOfTheDemonstrationIsLookedAtFirst() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      Run run = Run.of("demo", "--http-port", port);

      assertThat(run.err())
          .isEqualTo(
              "hognose demo: --http-port "
                  + port
                  + ": expected a free port: Address already in use\n");
      assertThat(run.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void misspeltSettingIsRefused() {
    Run run = Run.of(Map.of("HOGNOSE_BOOTSTRAP_SERVER", "kafka:9092"), "topics");

    assertThat(run.err())
        .isEqualTo(
            "hognose topics: HOGNOSE_BOOTSTRAP_SERVER: no such setting, expected"
                + " HOGNOSE_BOOTSTRAP_SERVERS\n");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void propertyThatKafkaRefusesIsNamed() {
    Run run =
        Run.of(
            Map.of("HOGNOSE_KAFKA_SECURITY_PROTOCOL", "TLS"),
            "topics",
            "--bootstrap-servers",
            "127.0.0.1:1");

    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("TLS").contains("security.protocol");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void brokerThatDoesNotAnswerIsNamed() {
    Run run = Run.of("topics", "--bootstrap-servers", "127.0.0.1:1");

    assertThat(run.err())
        .isEqualTo("hognose topics: 127.0.0.1:1: no answer within 10 s, expected a Kafka broker\n");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItself(String command) {
    Run run = Run.of(command, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Examples:", "hognose " + command);
  }

  static List<String> commands() {
    return Run.of("--help")
        .out()
        .lines()
        .dropWhile(line -> !line.equals("Commands:"))
        .skip(1)
        .takeWhile(line -> !line.isEmpty())
        .filter(line -> line.matches("  \\w.*"))
        .map(line -> line.strip().split(" ", 2)[0])
        .toList();
  }

  @Test
  void versionIsOneLine() {
    assertThat(Run.of("--version").out()).matches("hognose .+\n");
  }
}
