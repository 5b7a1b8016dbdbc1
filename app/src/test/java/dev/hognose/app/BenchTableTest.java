package dev.hognose.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All benchmarks take more than an hour: what was found is told, whatever becomes of the rest. */
class BenchTableTest {

  private static final Path TABLE = Path.of("..", "bench", "table.py").toAbsolutePath();

  @TempDir Path bench;

  @BeforeEach
  void benchmarks() throws IOException {
    benchmark("first", "echo '[{\"question\": \"a scrape\", \"ours\": 1.5, \"unit\": \"s\"}]'");
    benchmark("last", "echo '[{\"what\": \"a leak\", \"median\": 2, \"unit\": \"us\"}]'");
    benchmark("failing", "exit 3");
    benchmark("interrupted", "kill -INT $PPID");
  }

  @Test
  void oneThatFailsIsNamedAndTheOthersAreTold() throws Exception {
    Run run = table("first", "failing", "last");

    assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly("first: a scrape 1.5 s", "last: a leak 2 us");
    assertThat(run.err()).contains("bench: failing: exit code 3, expected rows as JSON\n");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void listOfOneThatWasInterruptedIsWhole() throws Exception {
    Run run = table("first", "interrupted", "last", "--json");

    assertThat(run.out()).startsWith("[{\"question\": \"first: a scrape\", ").endsWith("}]\n");
    assertThat(run.out()).doesNotContain("last: ");
    assertThat(run.exitCode()).isEqualTo(130);
  }

  @Test
  void whoeverWaitsIsToldHowFarItIs() throws Exception {
    Run run = table("first", "last", "--json");

    assertThat(run.err().lines().map(line -> line.replaceAll("load of .*|\\d+ s$", "…")))
        .containsExactly(
            "bench: first, 1 of 2, at a …",
            "bench: first: 1 rows after …",
            "bench: last, 2 of 2, at a …",
            "bench: last: 1 rows after …");
    assertThat(run.exitCode()).isZero();
  }

  private void benchmark(String name, String does) throws IOException {
    Path run = Files.createDirectory(bench.resolve(name)).resolve("run");
    Files.writeString(run, "#!/usr/bin/env bash\n" + does + "\n");
    assertThat(run.toFile().setExecutable(true)).isTrue();
  }

  private Run table(String... words) throws Exception {
    List<String> command =
        Stream.concat(Stream.of("python3", TABLE.toString()), Stream.of(words)).toList();
    Process table = new ProcessBuilder(command).directory(bench.toFile()).start();
    String out = new String(table.getInputStream().readAllBytes(), UTF_8);
    String err = new String(table.getErrorStream().readAllBytes(), UTF_8);
    return new Run(table.waitFor(), out, err);
  }
}
