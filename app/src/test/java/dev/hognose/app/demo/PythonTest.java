package dev.hognose.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.app.child.Children;
import dev.hognose.app.console.FailureException;
import dev.hognose.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An environment whose interpreter is a shell: what is started, and what is made of its end. */
class PythonTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", System.getenv("PATH"), "HOGNOSE_SERVICE", "mine", "HOGNOSE_SINK", "file:mine");

  @TempDir private Path folder;
  private Path interpreter = Path.of("");

  @BeforeEach
  void shellAsInterpreter() throws IOException {
    interpreter = program("python", "exec sh \"$@\"");
    program("hognose-run", "exec \"$@\"");
  }

  @Test
  void agentsCommandIsNeededBesideTheInterpreter() throws IOException {
    Files.delete(folder.resolve("hognose-run"));

    assertThatThrownBy(() -> new Python(interpreter, ENVIRONMENT, folder))
        .isInstanceOf(SettingException.class)
        .hasMessage(
            "--python " + interpreter + ": expected a program at " + folder.resolve("hognose-run"));
  }

  @Test
  void settingsOfTheUserAreNotHandedOn() {
    ProcessBuilder watched =
        new Python(interpreter, ENVIRONMENT, folder)
            .watched(List.of("x"), Map.of("HOGNOSE_SERVICE", "shop"));

    assertThat(watched.environment()).containsEntry("HOGNOSE_SERVICE", "shop");
    assertThat(watched.environment()).containsEntry("TMPDIR", folder.toString());
    assertThat(watched.environment().keySet().stream().filter(key -> key.startsWith("HOGNOSE_")))
        .containsExactly("HOGNOSE_SERVICE");
  }

  @Test
  void programThatFailsSaysItsLastLine() {
    Python python = new Python(interpreter, ENVIRONMENT, folder);

    assertThat(python.output(List.of("-c", "echo a plan"))).isEqualTo("a plan");
    assertThatThrownBy(() -> python.output(List.of("-c", "echo begun; echo no shop; exit 3")))
        .isInstanceOf(FailureException.class)
        .hasMessage("python -c echo begun; echo no shop; exit 3: no shop");
  }

  @Test
  void serviceSaysWhereItListens() {
    try (Children children = new Children()) {
      SpokenProcess service =
          spoken(children, "echo warming up; echo listening on http://127.0.0.1:8; sleep 60");

      assertThat(service.awaited()).isEqualTo("http://127.0.0.1:8");
      assertThat(service.ended()).isEmpty();
    }
  }

  @Test
  void whatALibraryComplainsOfIsNoPartOfTheAddress() {
    try (Children children = new Children()) {
      SpokenProcess service =
          spoken(
              children,
              "printf 'listening on http://127.0.0.1:8'; printf kafka: >&2; echo; sleep 60");

      assertThat(service.awaited()).isEqualTo("http://127.0.0.1:8");
    }
  }

  @Test
  void serviceThatEndsTellsItsLastWords() {
    try (Children children = new Children()) {
      SpokenProcess service =
          spoken(children, "echo starting; echo no module named shop >&2; exit 1");

      assertThatThrownBy(service::awaited)
          .isInstanceOf(FailureException.class)
          .hasMessage("orders ended with code 1, its last words: no module named shop");
      assertThat(folder.resolve("orders.out")).hasContent("starting");
      assertThat(folder.resolve("orders.err")).hasContent("no module named shop");
    }
  }

  private SpokenProcess spoken(Children children, String script) {
    return SpokenProcess.start(
        "orders",
        new Python(interpreter, ENVIRONMENT, folder).watched(List.of("-c", script), Map.of()),
        Pattern.compile("listening on (\\S+)"),
        children,
        folder);
  }

  private Path program(String name, String script) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
