package dev.hognose.app.judge;

import static dev.hognose.app.judge.Judging.HEADER;
import static dev.hognose.app.judge.Judging.START_MS;
import static dev.hognose.app.judge.Judging.run;
import static dev.hognose.app.judge.Judging.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hognose.app.judge.Judging.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code hognose judge} says of traces, and how it is asked. */
class JudgeCommandTest {

  /** The recorded traces of the leak bench, which core's golden test has, too. */
  private static final String RECORDED = "../core/src/test/resources/leakbench/real";

  private final ObjectMapper json = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void recordedTracesGetTheReferencesVerdicts() throws IOException {
    Run run = run("--policy", "balanced", RECORDED);

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    List<String> reference = resource("/judge/real.jsonl");
    assertThat(run.out()).hasSize(24).hasSameSizeAs(reference);
    for (int i = 0; i < reference.size(); i++) {
      assertSame(json.readTree(reference.get(i)), json.readTree(run.out().get(i)));
    }
  }

  @Test
  void processesOfATraceAreJudgedApart() throws IOException {
    StringBuilder csv = new StringBuilder("process,rss,service,ts_ms,weather\n");
    for (int i = 0; i < 5000; i++) {
      long ms = START_MS + i * 10_000L;
      csv.append("a,100000000,shop,").append(ms).append(",fine\n");
      csv.append("b,").append(100_000_000 + i * 60_000L).append(",shop,").append(ms).append(",\n");
    }

    Run run = run(file("two.csv", csv.toString()));

    assertThat(run.out()).hasSize(2);
    JsonNode a = json.readTree(run.out().get(0));
    JsonNode b = json.readTree(run.out().get(1));
    assertThat(a.get("process").asText()).isEqualTo("a");
    assertThat(a.get("first_leak_ms").isNull()).isTrue();
    assertThat(a.get("where").isNull()).isTrue();
    assertThat(b.get("trace").asText()).isEqualTo("two");
    assertThat(b.get("service").asText()).isEqualTo("shop");
    assertThat(b.get("process").asText()).isEqualTo("b");
    assertThat(b.get("final_leak").asBoolean()).isTrue();
    assertThat(b.get("where").asText()).isEqualTo("native");
    assertThat(b.get("slope_bytes_per_h").asDouble()).isCloseTo(360 * 60_000, within(1e5));
  }

  @Test
  void whatTheAllocatorKeepsIsToldApartFromWhatIsInUse() throws IOException {
    StringBuilder csv =
        new StringBuilder("process,rss,blocks,malloc_used,malloc_free,version,service,ts_ms\n");
    for (int i = 0; i < 5000; i++) {
      long ms = START_MS + i * 10_000L;
      long grown = i * 60_000L;
      String rest = ",2.1,shop," + ms + "\n";
      csv.append("kept,")
          .append(100_000_000 + grown)
          .append(",900000,30000000,")
          .append(grown)
          .append(rest);
      csv.append("used,")
          .append(100_000_000 + grown)
          .append(",900000,")
          .append(grown)
          .append(",9000000");
      csv.append(rest).append("flat,100000000,900000,30000000,9000000").append(rest);
    }

    Run run = run(file("kept.csv", csv.toString()));

    assertThat(run.err()).isEmpty();
    JsonNode kept = json.readTree(run.out().get(0));
    JsonNode used = json.readTree(run.out().get(1));
    assertThat(kept.get("heap").asText()).isEqualTo("fragmentation");
    assertThat(kept.get("where").asText()).isEqualTo("native");
    assertThat(kept.get("version").asText()).isEqualTo("2.1");
    assertThat(used.get("heap").asText()).isEqualTo("native");
    assertThat(json.readTree(run.out().get(2)).get("final_leak").asBoolean()).isFalse();
  }

  @Test
  void processesMayHaveNoNameOrALongOne() throws IOException {
    StringBuilder csv = new StringBuilder("process,rss,ts_ms\n");
    String longName = "w".repeat(1_000);
    for (int i = 0; i < 5000; i++) {
      long ms = START_MS + i * 10_000L;
      csv.append(",100000000,").append(ms).append('\n');
      csv.append(longName).append(',').append(100_000_000 + i * 60_000L).append(',');
      csv.append(ms).append('\n');
    }

    Run run = run(file("names.csv", csv.toString()));

    assertThat(run.exitCode()).isZero();
    assertThat(json.readTree(run.out().get(0)).get("final_leak").asBoolean()).isFalse();
    assertThat(json.readTree(run.out().get(1)).get("process").asText()).isEqualTo(longName);
    assertThat(json.readTree(run.out().get(1)).get("final_leak").asBoolean()).isTrue();
  }

  @Test
  void policyAndBucketDecideHowSoon() throws IOException {
    StringBuilder csv = new StringBuilder(HEADER);
    for (int i = 0; i < 2400; i++) {
      csv.append(START_MS + i * 250L).append(',').append(100_000_000 + i * 100_000L).append(",1\n");
    }
    String tenMinutes = file("x.csv", csv.toString());

    assertThat(firstLeak("--policy", "early", "--bucket", "1s", tenMinutes))
        .isBetween(START_MS, firstLeak("--policy", "strict", "--bucket", "1s", tenMinutes) - 1);
    assertThat(json.readTree(run(tenMinutes).out().get(0)).get("first_leak_ms").isNull()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("wrongOptions")
  void wrongOptionNamesValueAndExpectation(List<String> arguments, String sentence) {
    Run run = run(arguments.toArray(String[]::new));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).first().isEqualTo(sentence);
    assertThat(run.out()).isEmpty();
  }

  static List<Arguments> wrongOptions() {
    return List.of(
        Arguments.of(
            List.of("--policy", "lenient", "x.csv"),
            "--policy=lenient: expected one of early, fast, balanced, pager, strict"),
        Arguments.of(
            List.of("--bucket", "2 minutes", "x.csv"),
            "--bucket=2 minutes: expected a duration such as 500ms, 10s or 5m"),
        Arguments.of(
            List.of("--bucket", "50ms", "x.csv"),
            "--bucket=50ms: expected a bucket of 100ms to 1d, got 50ms"),
        Arguments.of(List.of(), "Missing required parameter: 'PATH'"));
  }

  @Test
  void outputThatCannotBeWrittenEndsTheRun() throws IOException {
    String path = file("x.csv", HEADER + samples(3));
    StringWriter err = new StringWriter();

    int exitCode = Judging.execute(InputStream.nullInputStream(), new FullDisk(), err, path);

    assertThat(err.toString().strip())
        .isEqualTo("standard output: closed, or it cannot be written");
    assertThat(exitCode).isEqualTo(1);
  }

  private static final class FullDisk extends OutputStream {
    @Override
    public void write(int octet) throws IOException {
      throw new IOException("No space left on device");
    }
  }

  @Test
  void helpHasExamples() {
    Run run = run("--help");

    assertThat(run.exitCode()).isZero();
    assertThat(String.join("\n", run.out()))
        .contains("hognose judge traces/", "--policy", "--bucket", "Exit codes:");
  }

  private long firstLeak(String... arguments) throws IOException {
    return json.readTree(run(arguments).out().get(0)).get("first_leak_ms").asLong();
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private static List<String> resource(String path) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(JudgeCommandTest.class.getResourceAsStream(path))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** The fields of the leak bench, and others; doubles within 1e-9 relative. */
  private static void assertSame(JsonNode reference, JsonNode verdict) {
    assertThat(verdict.fieldNames()).toIterable().containsAll(reference::fieldNames);
    reference
        .fieldNames()
        .forEachRemaining(field -> assertSameValue(reference.get(field), verdict.get(field)));
  }

  private static void assertSameValue(JsonNode reference, JsonNode value) {
    if (reference.isArray()) {
      assertThat(value).hasSameSizeAs(reference);
      for (int i = 0; i < reference.size(); i++) {
        assertSameValue(reference.get(i), value.get(i));
      }
    } else if (reference.isDouble()) {
      double expected = reference.asDouble();
      assertThat(value.asDouble()).isCloseTo(expected, within(1e-9 * Math.abs(expected)));
    } else {
      assertThat(value).isEqualTo(reference);
    }
  }
}
