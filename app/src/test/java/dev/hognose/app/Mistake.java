package dev.hognose.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A row of docs/mistakes.md.
 *
 * @param words program and arguments
 * @param answer one sentence; one that ends in {@code …} goes on
 */
record Mistake(Map<String, String> settings, List<String> words, int exitCode, String answer) {

  private static final Path PAGE = Path.of("..", "docs", "mistakes.md");
  private static final Pattern ROW = Pattern.compile("\\| `(.*)` \\| (\\d+) \\| `(.*)` \\|");
  private static final Pattern SETTING = Pattern.compile("(HOGNOSE_\\w+)=(\\S*)");

  /** All of a part of the page. */
  static List<Mistake> listed(String heading) {
    try {
      List<Mistake> listed =
          Files.readAllLines(PAGE).stream()
              .dropWhile(line -> !line.equals(heading))
              .skip(1)
              .takeWhile(line -> !line.startsWith("## "))
              .map(ROW::matcher)
              .filter(Matcher::matches)
              .map(row -> of(row.group(1), Integer.parseInt(row.group(2)), row.group(3)))
              .toList();
      assertThat(listed).as(heading).hasSizeGreaterThan(9);
      return listed;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Mistake of(String line, int exitCode, String answer) {
    Map<String, String> settings = new TreeMap<>();
    List<String> words = new ArrayList<>();
    for (String word : line.split(" ")) {
      Matcher setting = SETTING.matcher(word);
      if (words.isEmpty() && setting.matches()) {
        settings.put(setting.group(1), setting.group(2));
      } else {
        words.add(word);
      }
    }
    return new Mistake(settings, words, exitCode, answer);
  }

  void isAnsweredBy(Run run) {
    assertThat(run.err().lines()).as(toString()).hasSize(1);
    if (answer.endsWith("…")) {
      assertThat(run.err()).startsWith(answer.substring(0, answer.length() - 1));
    } else {
      assertThat(run.err()).isEqualTo(answer + "\n");
    }
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.out()).isEmpty();
  }

  @Override
  public String toString() {
    return settings + " " + String.join(" ", words);
  }
}
