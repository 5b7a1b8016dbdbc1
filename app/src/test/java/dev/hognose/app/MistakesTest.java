package dev.hognose.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person is told who made a mistake, as docs/mistakes.md lists them. */
class MistakesTest {

  static List<Mistake> ofTheProgram() {
    return Mistake.listed("## The program");
  }

  @ParameterizedTest
  @MethodSource("ofTheProgram")
  void isToldInOneSentence(Mistake mistake) {
    List<String> words = mistake.words();
    Run run = Run.of(mistake.settings(), words.subList(1, words.size()).toArray(String[]::new));

    mistake.isAnsweredBy(run);
  }

  @Test
  void whatWasTypedCannotWriteOnTheTerminal() {
    Run run = Run.of("tail", "no/\u001b[2J");

    assertThat(run.err()).isEqualTo("hognose tail: no/\\u001b[2J: no such file\n");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  static List<Mistake> ofTheFrontDoor() {
    return Mistake.listed("## The front door");
  }

  /** It refuses before it builds anything. */
  @ParameterizedTest
  @MethodSource("ofTheFrontDoor")
  void isToldBeforeAnythingIsBuilt(Mistake mistake) throws Exception {
    Process door = new ProcessBuilder(mistake.words()).directory(new File("..")).start();
    String out = new String(door.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(door.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

    mistake.isAnsweredBy(new Run(door.waitFor(), out, err));
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
