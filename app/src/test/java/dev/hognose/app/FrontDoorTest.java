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

/** {@code ./hognose} knows what the program knows, and refuses the rest without building it. */
class FrontDoorTest {

  private static final Path SCRIPT = Path.of("..", "hognose");

  /** Those of the script itself, which come before the program's. */
  private static final List<String> OWN = List.of("demo", "test", "bench", "build", "bom", "help");

  @Test
  void unknownCommandIsToldWhichThereAre() throws Exception {
    Process door =
        new ProcessBuilder("bash", SCRIPT.toString(), "tial").redirectErrorStream(true).start();
    String said = new String(door.getInputStream().readAllBytes(), UTF_8);

    assertThat(door.waitFor()).isEqualTo(2);
    assertThat(said)
        .startsWith("hognose: tial: expected one of " + String.join(", ", OWN) + ", ")
        .endsWith("\n")
        .hasLineCount(1);
    assertThat(names(said.strip().replaceFirst(".* one of ", ""), ", ")).isEqualTo(commands());
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

  private static Set<String> commands() {
    Set<String> all = new TreeSet<>(MistakesTest.commands());
    all.addAll(OWN);
    return all;
  }

  private static Set<String> names(String text, String between) {
    return new TreeSet<>(Stream.of(text.split(between, -1)).toList());
  }
}
