package dev.hognose.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hognose.app.console.Logging;
import dev.hognose.collector.CollectorSettings;
import dev.hognose.collector.http.HttpSettings;
import dev.hognose.settings.Env;
import dev.hognose.streams.StreamsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What operators read about settings is what the program reads. */
class ConfigurationDocsTest {

  private static final Pattern KEY = Pattern.compile("HOGNOSE_[A-Z_]+[A-Z]");

  @Test
  void sectionsListTheSettingsOfEachCommand() throws IOException {
    assertThat(section("## The streams"))
        .isEqualTo(
            read(
                env -> {
                  HttpSettings.from(env, StatusServer.DEFAULT_PORT);
                  StreamsSettings.from(env);
                  Logging.from(env);
                }));
    assertThat(section("## The collector"))
        .isEqualTo(
            read(
                env -> {
                  CollectorSettings.from(env);
                  Logging.from(env);
                }));
  }

  @Test
  void readmeListsThemAll() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    String settings = readme.substring(readme.indexOf("## Settings"), readme.indexOf("## Where"));
    Set<String> documented = new TreeSet<>(section("## The agent"));
    documented.addAll(section("## The streams"));
    documented.addAll(section("## The collector"));

    assertThat(rows(settings)).isEqualTo(documented);
  }

  /** The keys that reading settings asks for, as the refusal of an unknown one lists them. */
  private static Set<String> read(Consumer<Env> settings) {
    Env env = new Env(Map.of("HOGNOSE_NO_SUCH_KEY", "1"));
    settings.accept(env);
    String refusal = String.valueOf(catchThrowable(env::rejectUnread).getMessage());
    return keys(refusal.substring(refusal.indexOf("expected")));
  }

  private static Set<String> section(String heading) throws IOException {
    String docs = Files.readString(Path.of("..", "docs", "configuration.md"));
    int start = docs.indexOf(heading);
    assertThat(start).isPositive();
    int end = docs.indexOf("\n## ", start);
    return rows(docs.substring(start, end < 0 ? docs.length() : end));
  }

  /** Of a table's rows the keys in the first column. */
  private static Set<String> rows(String table) {
    return table
        .lines()
        .filter(line -> line.startsWith("| `HOGNOSE_"))
        .flatMap(line -> keys(line.substring(0, line.indexOf('|', 1))).stream())
        .filter(key -> !key.equals("HOGNOSE_KAFKA"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> keys(String text) {
    return KEY.matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
