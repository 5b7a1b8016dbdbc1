package dev.hognose.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./hognose} knows what the program knows, and refuses the rest without building it. */
class FrontDoorTest {

  private static final Path SCRIPT = Path.of("..", "hognose");

  /** Those of the script itself, which come before the program's. */
  private static final List<String> OWN = List.of("demo", "test", "bench", "build", "bom", "help");

  @Test
  void unknownCommandIsToldWhichThereAre() throws Exception {
    Run run = front("tial");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("hognose: tial: expected one of " + String.join(", ", OWN) + ", ")
        .endsWith("\n")
        .hasLineCount(1);
    assertThat(names(run.err().strip().replaceFirst(".* one of ", ""), ", ")).isEqualTo(commands());
  }

  @Test
  void everyCommandOfTheProgramIsPassedOnToIt() throws IOException {
    String passedOn =
        Files.readAllLines(SCRIPT).stream()
            .map(String::strip)
            .filter(line -> line.endsWith("| -*) build_program; program -- \"$@\" ;;"))
            .findFirst()
            .orElseThrow();
    Set<String> names = names(passedOn.replaceFirst(" \\| -\\*\\).*", ""), " \\| ");
    names.addAll(OWN);

    assertThat(names).isEqualTo(commands());
  }

  /** Nothing is built for it, which would be said on standard error. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "test --help",
        "test java --help",
        "bench --help",
        "bench leak wire --help",
        "bench --short -h",
        "build --help",
        "bom -h"
      })
  void ownCommandExplainsItself(String line) throws Exception {
    Run run = front(line.split(" ", -1));

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("./hognose " + line.split(" ", 2)[0]);
  }

  @Test
  void everyPartOfTheTestsIsExplained() throws Exception {
    String parts = front("test", "jav").err().strip().replaceFirst(".* some of: ", "");

    assertThat(front("test", "--help").out().lines().map(line -> line.strip().split(" ", 2)[0]))
        .containsAll(names(parts, " "));
  }

  @Test
  void everyBenchmarkStandsWithItsQuestionAndTakesWhatAllDo() throws Exception {
    String help = front("bench", "--help").out();
    String benchmarks = front("bench", "?").err().strip().replaceFirst(".* some of: ", "");
    for (String name : names(benchmarks, " ")) {
      List<String> run = Files.readAllLines(Path.of("..", "bench", name, "run"));

      assertThat(help).contains(run.get(1).replaceFirst("# ", ""));
      assertThat(front("bench", name, "--no-such").err())
          .startsWith("hognose: bench --no-such: expected some of: ")
          .contains(" --json ", " --short");
    }
  }

  private static Run front(String... words) throws Exception {
    List<String> command =
        Stream.concat(Stream.of("bash", SCRIPT.toString()), Stream.of(words)).toList();
    Process door = new ProcessBuilder(command).start();
    String out = new String(door.getInputStream().readAllBytes(), UTF_8);
    String err = new String(door.getErrorStream().readAllBytes(), UTF_8);
    return new Run(door.waitFor(), out, err);
  }

  private static Set<String> commands() {
    Set<String> all = new TreeSet<>(MistakesTest.commands());
    all.addAll(OWN);
    return all;
  }

  private static Set<String> names(String text, String between) {
    return new TreeSet<>(Stream.of(text.split(between, -1)).toList());
  }
}
