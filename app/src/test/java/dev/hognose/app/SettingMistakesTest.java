package dev.hognose.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person is told whose settings, or the files that they name, cannot be used. */
class SettingMistakesTest {

  @TempDir private static Path folder;

  @BeforeAll
  static void files() throws IOException {
    Files.createDirectory(folder.resolve("folder"));
    Files.writeString(folder.resolve("empty"), "");
    Files.writeString(folder.resolve("name"), "alice");
    Files.writeString(folder.resolve("word"), "secret\n");
  }

  /** Each key is told as the environment has it; FILE is the folder with the files above. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "streams | HTTP_PORT=-1 | HTTP_PORT=-1: expected an integer from 0 to 65535",
        "streams | HTTP_HOST=8.8.8.8 HTTP_PORT=0"
            + " | HTTP_HOST=8.8.8.8: expected an address of this machine",
        "streams | THREADS=0 | THREADS=0: expected an integer from 1 to 64",
        "streams | THREADS=two | THREADS=two: expected an integer from 1 to 64",
        "streams | STANDBY_REPLICAS=-1 | STANDBY_REPLICAS=-1: expected an integer from 0 to 5",
        "streams | COMMIT_INTERVAL=0s | COMMIT_INTERVAL=0s: expected a duration longer than 0",
        "streams | COMMIT_INTERVAL=999999999999d"
            + " | COMMIT_INTERVAL=999999999999d: expected at most 3650d",
        "streams | BLOCK_QUIET=999999999999d"
            + " | BLOCK_QUIET=999999999999d: expected at most 3650d",
        "streams | BLOCK_HARD=1sec"
            + " | BLOCK_HARD=1sec: expected a duration such as 500ms, 10s or 5m",
        "streams | LEAK_BUCKET=999999999999d"
            + " | LEAK_BUCKET=999999999999d: expected at most 3650d",
        "streams | LEAK_BUCKET=1ms | LEAK_BUCKET=1ms: expected a bucket of 100ms to 1d, got 1ms",
        "streams | LEAK_POLICY=wild"
            + " | LEAK_POLICY=wild: expected one of early, fast, balanced, pager, strict",
        "streams | APPLICATION_ID="
            + " | APPLICATION_ID=: expected 1 to 100 letters, digits, dots, underscores and hyphens",
        "streams | APPLICATION_ID=a/b"
            + " | APPLICATION_ID=a/b: expected 1 to 100 letters, digits, dots, underscores and hyphens",
        "streams | BOOTSTRAP_SERVERS=kafka"
            + " | BOOTSTRAP_SERVERS=kafka: expected host:port, several with commas",
        "streams | BOOTSTRAP_SERVERS="
            + " | BOOTSTRAP_SERVERS=: expected host:port, several with commas",
        "streams | HTTP_CERTIFICATE=FILE/name"
            + " | HTTP_CERTIFICATE and HOGNOSE_HTTP_KEY: expected both or none",
        "streams | SERVICE=orders | SERVICE: no such setting, expected some of HOGNOSE_APPLI",
        "collector | HTTP_KEY=FILE/name"
            + " | HTTP_CERTIFICATE and HOGNOSE_HTTP_KEY: expected both or none",
        "collector | HTTP_CERTIFICATE=FILE/name HTTP_KEY=FILE/name"
            + " | HTTP_CERTIFICATE=FILE/name: expected certificates as PEM",
        "collector | HTTP_CERTIFICATE=FILE/none HTTP_KEY=FILE/name"
            + " | HTTP_CERTIFICATE=FILE/none: expected a file that can be read",
        "collector | HTTP_USERS=FILE/none"
            + " | HTTP_USERS=FILE/none: expected a file of text that can be read",
        "collector | HTTP_USERS=FILE/folder"
            + " | HTTP_USERS=FILE/folder: expected a file of text that can be read",
        "collector | HTTP_USERS=FILE/name"
            + " | HTTP_USERS=FILE/name: line 1: expected NAME:PASSWORD",
        "collector | HTTP_USERS=FILE/empty"
            + " | HTTP_USERS=FILE/empty: is empty, nobody could come in",
        "collector | HTTP_TOKENS=FILE/word"
            + " | HTTP_TOKENS=FILE/word: line 1: expected a token of at least 16 letters",
        "collector | HTTP_NAMES=a//b"
            + " | HTTP_NAMES=a//b: expected names as in collector.example.org",
        "collector | FORGET_ALERTS_AFTER=1"
            + " | FORGET_ALERTS_AFTER=1: expected a duration such as 500ms, 10s or 5m",
        "collector | SERIES_BUDGET=-1"
            + " | SERIES_BUDGET=-1: expected an integer from 0 to 10000000",
        "collector | GRAFANA=grafana"
            + " | GRAFANA=grafana: expected an address such as https://grafana.example.org",
        "collector | OTLP_TOPIC=a/b | OTLP_TOPIC=a/b: expected the name of a topic",
        "collector | OTLP_INTERVAL=1ms | OTLP_INTERVAL=1ms: expected 1s to 1h",
        "collector | GROUP_ID= | GROUP_ID=: expected a name that collectors share",
        "collector | BOOTSTRAP_SERVERS=kafka HTTP_PORT=0"
            + " | BOOTSTRAP_SERVERS=kafka: expected host:port of brokers",
        "collector | KAFKA_GROUP_ID=x"
            + " | KAFKA_GROUP_ID=x: expected no such setting, the collector sets group.id itself",
        "collector | KAFKA_CHECK_CRCS=maybe HTTP_PORT=0"
            + " | KAFKA_* with [check.crcs]: expected what Kafka's clients take: Invalid value maybe",
        "collector | KAFKA_SECURITY_PROTOCOL=SSL KAFKA_SSL_TRUSTSTORE_LOCATION=FILE/none HTTP_PORT=0"
            + " | KAFKA_* with [security.protocol, ssl.truststore.location]: expected what Kafka's"
            + " clients take: Failed to load SSL keystore FILE/none of type JKS",
        "topics | HTP_PORT=1 | HTP_PORT: no such setting, expected HOGNOSE_BOOTSTRAP_SERVERS",
        "capture --output x.hog | BOOTSTRAP_SERVER=k:1"
            + " | BOOTSTRAP_SERVER: no such setting, expected HOGNOSE_BOOTSTRAP_SERVERS",
        "acls | BOOTSTRAP_SERVER=k:1"
            + " | BOOTSTRAP_SERVER: no such setting, expected HOGNOSE_BOOTSTRAP_SERVERS"
      },
      quoteCharacter = '"')
  void isToldInOneSentence(String command, String settings, String sentence) {
    Run run = Run.of(environment(settings), command.split(" ", -1));

    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .startsWith("hognose " + command.split(" ", -1)[0] + ": HOGNOSE_" + here(sentence));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  private static Map<String, String> environment(String settings) {
    Map<String, String> environment = new TreeMap<>();
    for (String setting : settings.split(" ", -1)) {
      String[] keyAndValue = setting.split("=", 2);
      environment.put("HOGNOSE_" + keyAndValue[0], here(keyAndValue[1]));
    }
    return environment;
  }

  private static String here(String text) {
    return text.replace("FILE", folder.toString());
  }
}
