package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every alert has a heading that its advice can link to, and nothing else has. */
class DiagnosesPageTest {

  private static final Path PAGE = Path.of("../docs/diagnoses.md");
  private static final List<String> QUESTIONS =
      List.of("**Looks like**", "**Why**", "**Confirm**", "**False alarm**");

  @Test
  void headingsAreTheKindsOfAlerts() throws IOException {
    assertThat(headings())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Alert.Kind.values()).map(DiagnosesPageTest::name).toList());
  }

  @ParameterizedTest
  @EnumSource
  void everyHeadingAnswersTheQuestions(Alert.Kind kind) throws IOException {
    String page = Files.readString(PAGE);
    String rest = page.substring(page.indexOf("\n## " + name(kind) + "\n") + 1);
    int end = rest.indexOf("\n## ");

    assertThat(end < 0 ? rest : rest.substring(0, end))
        .contains(QUESTIONS)
        .containsIgnoringCase("mend");
  }

  private static List<String> headings() throws IOException {
    try (Stream<String> lines = Files.lines(PAGE)) {
      return lines.filter(line -> line.startsWith("## ")).map(line -> line.substring(3)).toList();
    }
  }

  private static String name(Alert.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
