package dev.hognose.app.judge;

import static dev.hognose.app.judge.Judging.HEADER;
import static dev.hognose.app.judge.Judging.gzip;
import static dev.hognose.app.judge.Judging.run;
import static dev.hognose.app.judge.Judging.samples;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hognose.app.judge.Judging.Run;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which files {@code hognose judge} reads, and what it says of those that it cannot. */
class TraceFilesTest {

  private final ObjectMapper json = new ObjectMapper();

  @TempDir private Path folder;

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
  void namesOfAnyLanguageSurvive() throws IOException {
    String path = file("x.csv", "ts_ms,rss,service\n1760000000000,5000000,caf\u00e9 \"\"\u2615\n");

    assertThat(json.readTree(run(path).out().get(0)).get("service").asText())
        .isEqualTo("caf\u00e9 \"\"\u2615");
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private List<String> traces(Run run) throws IOException {
    List<String> traces = new ArrayList<>();
    for (String line : run.out()) {
      traces.add(json.readTree(line).get("trace").asText());
    }
    return traces;
  }
}
