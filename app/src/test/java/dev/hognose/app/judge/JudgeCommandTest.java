package dev.hognose.app.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class JudgeCommandTest {

  /** The recorded traces of the leak bench, which core's golden test has, too. */
  private static final String RECORDED = "../core/src/test/resources/leakbench/real";

  private static final long START_MS = 1_760_000_000_000L;
  private static final String HEADER = "ts_ms,rss,blocks\n";

  private final ObjectMapper json = new ObjectMapper();

  @TempDir private Path folder;

  private record Run(int exitCode, List<String> out, List<String> err) {}

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
  void directoryIsReadByNameAndOtherFilesAreIgnored() throws IOException {
    file("b.csv", HEADER + samples(3));
    file("notes.txt", "nothing");
    Files.write(folder.resolve("a.csv.gz"), gzip(HEADER + samples(3)));

    Run run = run(folder.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(traces(run)).containsExactly("a", "b");
  }

  @Test
  void standardInputMayBeCompressedOrNot() throws IOException {
    byte[] plain = (HEADER + samples(3)).getBytes(StandardCharsets.UTF_8);

    Run ofPlain = run(new ByteArrayInputStream(plain), "-");
    Run ofGzip = run(new ByteArrayInputStream(gzip(HEADER + samples(3))), "-");

    assertThat(traces(ofPlain)).containsExactly("stdin");
    assertThat(ofGzip).isEqualTo(ofPlain);
  }

  @Test
  void byteOrderMarkAndForeignLineEndsAreRead() throws IOException {
    String path = file("w.csv", "\ufeff" + (HEADER + samples(3)).replace("\n", "\r\n"));

    assertThat(run("--counts", path).err()).containsExactly(path + ": 3 samples, 3 counted");
  }

  static List<Arguments> broken() {
    String good = HEADER + samples(2);
    return List.of(
        Arguments.of(good + "1760000100000,abc,7\n", ":4: rss=abc: expected an integer"),
        Arguments.of(good + "1760000100000,,7\n", ":4: rss=: expected an integer"),
        Arguments.of(good + "1760000100000,1.5,7\n", ":4: rss=1.5: expected an integer"),
        Arguments.of(
            good + "1760000100000,99999999999999999999,7\n",
            ":4: rss=99999999999999999999: expected an integer"),
        Arguments.of(good + "1760000100000,1\n", ":4: expected 3 fields, got 2"),
        Arguments.of(good + "1760000100000,1,7,8\n", ":4: expected 3 fields, got 4"),
        Arguments.of(good + "1760000100000,\u001b[31m,7\n", ":4: rss=?[31m: expected an integer"),
        Arguments.of("", ": empty, expected a header with ts_ms and rss"),
        Arguments.of("ts_ms,uss\n1,2\n", ": expected columns ts_ms and rss, got ts_ms, uss"),
        Arguments.of("rss,ts_ms,rss\n", ": expected each column once, got rss"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void brokenTraceEndsTheRunInOneSentence(String content, String sentence) throws IOException {
    String first = file("1.csv", HEADER + samples(3));
    String second = file("2.csv", content);
    String third = file("3.csv", HEADER + samples(3));

    Run run = run(first, second, third);

    assertThat(run.err()).containsExactly(second + sentence);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(traces(run)).containsExactly("1");
  }

  @Test
  void nameThatPromisesGzipMustHoldIt() throws IOException {
    String path = file("x.csv.gz", HEADER + samples(3));

    Run run = run(path);

    assertThat(run.err()).containsExactly(path + ": expected gzip, as its name says");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void gzipThatEndsEarlySaysWhere() throws IOException {
    byte[] whole = gzip(HEADER + samples(2000));
    Path path = folder.resolve("x.csv.gz");
    Files.write(path, Arrays.copyOf(whole, whole.length - 20));

    Run run = run(path.toString());

    assertThat(run.err())
        .singleElement()
        .asString()
        .matches(
            Pattern.quote(path.toString())
                + ": after line \\d+: Unexpected end of ZLIB input stream");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void pathWithoutATraceIsRefusedBeforeAnythingIsJudged() throws IOException {
    String good = file("good.csv", HEADER + samples(3));
    String other = file("other.txt", HEADER + samples(3));
    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertThat(run(good, "missing.csv"))
        .isEqualTo(new Run(1, List.of(), List.of("missing.csv: no such file or directory")));
    assertThat(run(good, other).err())
        .containsExactly(other + ": expected a name that ends in .csv or .csv.gz");
    assertThat(run(good, empty.toString()).err())
        .containsExactly(empty + ": expected .csv or .csv.gz files, found none");
  }

  @Test
  void traceWithoutASampleHasNoVerdictAndIsDoubted() throws IOException {
    String path = file("x.csv", HEADER);

    assertThat(run(path))
        .isEqualTo(new Run(0, List.of(), List.of(path + ": no sample after the header")));
  }

  @Test
  void traceInSecondsIsDoubted() throws IOException {
    String path = file("x.csv", "ts_ms,rss\n1760000000,5000000\n1760000010,5000000\n");

    Run run = run(path);

    assertThat(run.err())
        .containsExactly(
            path + ": nothing is known of x/x: 2 samples, 0 counted, 2 implausible_time");
    assertThat(run.out()).hasSize(1);
  }

  @Test
  void countsSayWhatBecameOfTheSamples() throws IOException {
    String path = file("x.csv", HEADER + samples(3) + "1760000030000,0,0\n1,1,1\n");

    assertThat(run("--counts", path).err())
        .containsExactly(path + ": 5 samples, 3 counted, 1 failed_read, 1 implausible_time");
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

    int exitCode = execute(InputStream.nullInputStream(), new FullDisk(), err, path);

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
  void namesOfAnyLanguageSurvive() throws IOException {
    String path = file("x.csv", "ts_ms,rss,service\n1760000000000,5000000,caf\u00e9 \"\"\u2615\n");

    assertThat(json.readTree(run(path).out().get(0)).get("service").asText())
        .isEqualTo("caf\u00e9 \"\"\u2615");
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

  private Run run(String... arguments) {
    return run(InputStream.nullInputStream(), arguments);
  }

  private static Run run(InputStream standardInput, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    int exitCode = execute(standardInput, out, err, arguments);
    return new Run(exitCode, lines(out), err.toString().lines().toList());
  }

  private static int execute(
      InputStream standardInput, OutputStream out, StringWriter err, String... arguments) {
    PrintStream lines = new PrintStream(out, true, StandardCharsets.US_ASCII);
    return new CommandLine(new JudgeCommand(standardInput, lines))
        .setOut(new PrintWriter(lines, true, StandardCharsets.US_ASCII))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private static List<String> lines(ByteArrayOutputStream out) {
    return out.toString(StandardCharsets.US_ASCII).lines().toList();
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private static String samples(int count) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < count; i++) {
      rows.append(START_MS + i * 10_000L).append(",5000000,").append(1000 + i).append('\n');
    }
    return rows.toString();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private List<String> traces(Run run) throws IOException {
    List<String> traces = new ArrayList<>();
    for (String line : run.out()) {
      traces.add(json.readTree(line).get("trace").asText());
    }
    return traces;
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
