package dev.hognose.app.replay;

import static dev.hognose.app.replay.AgentsFile.END;
import static dev.hognose.app.replay.AgentsFile.PAY;
import static dev.hognose.app.replay.AgentsFile.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hognose.app.Run;
import dev.hognose.app.Telemetry;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayCommandTest {

  @TempDir private Path folder;
  private List<ProducerRecord<byte[], byte[]>> records;
  private Path file;

  @BeforeEach
  void record() {
    file = folder.resolve("incident.hog");
    records = AgentsFile.blockedOnce();
  }

  @Test
  void blockFiresWithItsCulpritAndIsResolvedWhenQuiet() throws IOException {
    write(records);

    Run run = Run.of("replay", file.toString());

    assertThat(run.err()).isEqualTo(ends(END));
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .hasSize(2)
        .allMatch(line -> line.contains("loop_block sync_sleep  orders  at " + PAY));
    assertThat(run.out().lines().toList().get(0))
        .contains("  fired  ")
        .startsWith("2024-05-01T11:01");
    assertThat(run.out().lines().toList().get(1)).contains("  resolved  ");
  }

  @Test
  void jsonHasTheContractsFields() throws IOException {
    write(records);

    Run run = Run.of("replay", "--json", file.toString());

    JsonNode fired = new ObjectMapper().readTree(run.out().lines().findFirst().orElseThrow());
    assertThat(fired.path("kind").asText()).isEqualTo("loop_block");
    assertThat(fired.path("state").asText()).isEqualTo("firing");
    assertThat(fired.path("culprit").path("line").asInt()).isEqualTo(PAY.line());
    assertThat(fired.path("fired_ms").isIntegralNumber()).isTrue();
  }

  @Test
  void orderOfTheFileAndDoublesChangeNothing() throws IOException {
    write(records);
    String once = Run.of("replay", "--json", file.toString()).out();
    List<ProducerRecord<byte[], byte[]>> turned = new ArrayList<>(records);
    turned.addAll(records);
    Collections.reverse(turned);
    write(turned);

    assertThat(once).isNotEmpty();
    assertThat(Run.of("replay", "--json", file.toString()).out()).isEqualTo(once);
  }

  @Test
  void alertsOfTheWarmUpAreNotTold() throws IOException {
    write(records);

    Run run =
        Run.of(
            "replay",
            file.toString(),
            "--from",
            "2024-05-01T11:05:00Z",
            "--to",
            "2024-05-01T11:20:00Z");

    assertThat(run.out().lines()).singleElement().asString().contains("  resolved  ");
  }

  @Test
  void unknownServiceIsRefusedWithTheNearest() throws IOException {
    write(records);

    Run run = Run.of("replay", file.toString(), "--service", "order");

    assertThat(run.err())
        .isEqualTo("hognose replay: --service order: not in this window, expected orders\n");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void emptyWindowIsAFailure() throws IOException {
    write(records);

    Run run =
        Run.of(
            "replay",
            file.toString(),
            "--from",
            "2024-04-30T11:00:00Z",
            "--to",
            "2024-04-30T12:00:00Z");

    assertThat(run.err())
        .isEqualTo(
            "hognose replay: no records from 2024-04-30T11:00:00Z to 2024-04-30T12:00:00Z\n");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void otherThresholdGainsAndLosesAlerts() throws IOException {
    write(records);

    Run longer = Run.of("replay", file.toString(), "--what-if", "block.hard=5s");
    Run shorter = Run.of("replay", "--json", file.toString(), "--what-if", "block.hard=500ms");

    assertThat(longer.out().lines().toList().get(0))
        .matches(" *service +kind +gained +lost +earlier +later +same");
    assertThat(longer.out()).containsPattern("orders +loop_block +0 +1 +0 +0 +0");
    assertThat(longer.out()).contains("2024-05-01T11:01:02Z  lost  orders: event loop blocked");
    assertThat(shorter.out())
        .isEqualTo(
            "{\"service\":\"orders\",\"kind\":\"loop_block\",\"gained\":0,\"lost\":0,"
                + "\"earlier\":1,\"later\":0,\"same\":0}\n");
    assertThat(shorter.exitCode()).isZero();
  }

  @Test
  void everyNumberThatDecidesCanBeAnother() throws IOException {
    write(records);

    Run one = Run.of("replay", "--json", file.toString(), "--what-if", "block.most-culprits=1");
    Run wide =
        Run.of(
            "replay",
            "--json",
            file.toString(),
            "--what-if",
            "block.share=100%",
            "--what-if",
            "block.hard=5s");

    assertThat(one.out()).contains("\"same\":1");
    assertThat(wide.out()).contains("\"lost\":1");
    Run keys = Run.of("replay", "--list-keys");
    assertThat(keys.exitCode()).isZero();
    assertThat(keys.out().lines())
        .contains(
            "leak.policy=pager",
            "leak.thresholds.both.share=0.26",
            "leak.followers=rings-within-the-leak",
            "block.share=0.01",
            "limit.horizon=1h",
            "lag.least-beats=60",
            "diagnosis.slow-tasks.age=10s",
            "diagnosis.rises.threads.shape.steps-up=6")
        .hasSizeGreaterThan(150);
    assertThat(Run.of("replay", "--what-if", "help").out()).isEqualTo(keys.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "diagnosis.slow-task.age=1s | diagnosis.slow-task.age: no such policy value, expected"
            + " diagnosis.slow-tasks.age, diagnosis.slow-tasks.tasks, diagnosis.rises.tasks.least",
        "limit.horizon=soon | limit.horizon=soon: expected a duration such as 500ms, 10s or 5m",
        "limit.horizon=0s | limit.horizon=0s: expected a duration longer than 0",
        "limit.least=2 | limit.least=2: floors 2 to 30: expected 4 or more, and no less at most",
        "lag.explains=200% | lag.explains=200%: explains=2.0: expected above 0, at most 1",
        "lag.explains=NaN | lag.explains=NaN: expected 0 or more",
        "lag.least-beats=1.5 | lag.least-beats=1.5: expected an integer",
        "diagnosis.loads.gil.windows=0 | diagnosis.loads.gil.windows=0: expected 1 or more",
        "leak.followers=all | leak.followers=all: expected one of all-wider-rings,"
            + " rings-within-the-leak",
        "block.hard | block.hard=: expected a duration such as 500ms, 10s or 5m"
      })
  void numberThatCannotBeIsRefusedInOneSentence(String written, String sentence)
      throws IOException {
    write(records);

    Run run = Run.of("replay", file.toString(), "--what-if", written);

    assertThat(run.err()).isEqualTo("hognose replay: --what-if " + sentence + "\n");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void fileWithoutLiveAlertsHasNothingToVerifyAgainst() throws IOException {
    write(records);

    Run run = Run.of("replay", file.toString(), "--verify");

    assertThat(run.err())
        .isEqualTo(
            ends(END)
                + "hognose replay: "
                + file
                + ": holds no alerts that were told live, nothing to verify against\n");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void fileThatWasCutOffIsJudgedUpToThere() throws IOException {
    write(records);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 10));

    Run run = Run.of("replay", file.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .hasSize(4)
        .anyMatch(line -> line.contains("  fired  silent_process  orders"));
    assertThat(run.err())
        .isEqualTo(
            "hognose replay: "
                + file
                + ", entry "
                + records.size()
                + ": the file was cut off here, what is whole before it was read\n"
                + ends(END.minusSeconds(5)));
  }

  /** Its process grew to its limit, and was killed there. */
  @Test
  void agentsFileTellsHowItsProcessEnded() throws IOException {
    Instant last = grownToItsLimit();
    write(records);
    Path series = folder.resolve("incident.om");
    Path page = folder.resolve("out.html");

    Run run =
        Run.of(
            "replay",
            file.toString(),
            "--openmetrics",
            series.toString(),
            "--report",
            page.toString());

    assertThat(run.err()).isEqualTo(ends(last));
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .anyMatch(line -> line.contains("  fired  oom_killed  orders"))
        .anyMatch(line -> line.contains("  resolved  oom_killed  orders"));
    assertThat(Files.readString(page)).contains("most likely killed");
    assertThat(Files.readString(series))
        .containsPattern("hognose_alerts_firing\\{[^}]*kind=\"oom_killed\"[^}]*} 1");
  }

  @Test
  void wrongClockAtTheEndIsNotWhereTheFileEnds() throws IOException {
    Instant last = grownToItsLimit();
    write(records);
    String told = Run.of("replay", file.toString()).out();
    Telemetry strange = new Telemetry(new ProcessId("orders", "web-2", 7, T0));
    records.add(strange.sample(T0.plus(Duration.ofDays(400)), Bytes.ofMebi(50), 100_000));
    write(records);

    Run run = Run.of("replay", file.toString());

    assertThat(run.err()).isEqualTo(ends(last));
    assertThat(run.out().lines()).containsSubsequence(told.lines().toList());
  }

  /** Of a process of which that is the last word, its last moment. */
  private Instant grownToItsLimit() {
    records.clear();
    Telemetry orders =
        new Telemetry(
            new ProcessId("orders", "web-1", 4242, T0.minusSeconds(60)), Duration.ofSeconds(10));
    for (int second = 0; second < 1200; second += 10) {
      records.add(orders.sample(T0.plusSeconds(second), Bytes.ofMebi(132 + second / 10), 100_000));
    }
    return T0.plusSeconds(1190);
  }

  private static String ends(Instant at) {
    return "hognose replay: the file ends at "
        + at
        + ": who did not say farewell is told as silent or killed, also if it still runs\n";
  }

  private void write(List<ProducerRecord<byte[], byte[]>> written) throws IOException {
    new AgentsFile(file).write(written);
  }
}
