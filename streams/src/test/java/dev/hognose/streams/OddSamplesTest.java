package dev.hognose.streams;

import static dev.hognose.streams.Telemetry.T0;
import static dev.hognose.streams.Telemetry.process;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.sample.ProcessId;
import dev.hognose.v1.EventLoop;
import dev.hognose.v1.Histogram;
import dev.hognose.v1.NamedCounter;
import dev.hognose.v1.NativePool;
import dev.hognose.v1.Process;
import dev.hognose.v1.Sample;
import dev.hognose.v1.ThreadCpu;
import io.micrometer.core.instrument.Counter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a leaking process sends, through all topologies: each record has one outcome that is
 * counted under its name, nothing fails, its leak is told, and it is not called silent.
 */
class OddSamplesTest {

  private static final Map<String, String> FAST = Map.of("LEAK_BUCKET", "1s");
  private static final int LONG = 300;
  private static final int BREAK = 60;
  private static final long EVERY_MS = 500;
  private static final long MIB = 1 << 20;
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();

  /** Of the samples, a tenth is not judged; of the rest all that is not merely counted. */
  private static final String REFUSED = "records malformed 30";

  private static final String FAILED = "leak failed_read 30";

  /** Nothing else comes for four buckets, and for two floors: then the clock is believed. */
  private static final String SET_BACK =
      "leak believed 1, leak clock_behind 8, limit clock_behind 1";

  private static final ProcessId ODD = process("orders", 1);
  private static final ProcessId PLAIN = process("catalog", 2);

  /** What is wrong with sample number {@code n}. */
  private interface Oddity {
    void spoil(int n, Sample.Builder sample);
  }

  private static Arguments row(String what, String outcomes, Oddity oddity) {
    return Arguments.of(what, outcomes, oddity);
  }

  private static Oddity every(int nth, Consumer<Sample.Builder> wrong) {
    return (n, sample) -> {
      if (n % nth == nth - 1) {
        wrong.accept(sample);
      }
    };
  }

  private static Oddity clockSteps(long byMs) {
    return (n, sample) -> {
      if (n >= BREAK) {
        sample.setAtMs(sample.getAtMs() + byMs);
      }
    };
  }

  private static Oddity counts(ObjLongConsumer<Sample.Builder> counter) {
    return (n, sample) -> counter.accept(sample, n < BREAK ? n : n - BREAK);
  }

  /** What, the outcomes that are not the usual ones, and how. */
  private static Stream<Arguments> odd() {
    return Stream.of(
        row("nothing is wrong", "", (n, sample) -> {}),
        row(
            "one in ten is a day ahead",
            "leak clock_ahead 30, limit clock_ahead 30",
            every(10, s -> s.setAtMs(s.getAtMs() + 24 * HOUR_MS))),
        row(
            "one in ten is as far ahead as the broker allows, half a bucket",
            "",
            every(10, s -> s.setAtMs(s.getAtMs() + 500))),
        row(
            "one in ten is a day behind",
            "leak clock_behind 30, limit clock_behind 30",
            every(10, s -> s.setAtMs(s.getAtMs() - 24 * HOUR_MS))),
        row("one in ten is from 2014", REFUSED, every(10, s -> s.setAtMs(1_400_000_000_000L))),
        row("one in ten is from 2201", REFUSED, every(10, s -> s.setAtMs(7_300_000_000_000L))),
        row("one in ten has no time", REFUSED, every(10, Sample.Builder::clearAtMs)),
        row(
            "one in ten has no resident memory",
            "leak failed_read 30, limit failed_read 30",
            every(10, s -> s.setRssBytes(0))),
        row("one in ten has no blocks", FAILED, every(10, s -> s.setAllocatedBlocks(0))),
        row("one in ten has no USS", "", every(10, s -> s.setUssBytes(0))),
        row("one in ten is negative", REFUSED, every(10, s -> s.setRssBytes(-4096))),
        row("one in ten has negative blocks", REFUSED, every(10, s -> s.setAllocatedBlocks(-1))),
        row(
            "one in ten is huge",
            "leak implausible_figure 30",
            every(10, s -> s.setUssBytes(1L << 60))),
        row("one in ten has a negative limit", REFUSED, every(10, s -> s.setMemoryLimitBytes(-1))),
        row(
            "one in ten has no limit",
            "limit no_limit 30",
            every(10, Sample.Builder::clearMemoryLimitBytes)),
        row(
            "one in ten has a limit of 0",
            "limit no_limit 30",
            every(10, s -> s.setMemoryLimitBytes(0))),
        row("one in two has another limit", "", every(2, s -> s.setMemoryLimitBytes(450 * MIB))),
        row(
            "the limit is halved",
            "",
            (n, sample) -> sample.setMemoryLimitBytes((n < BREAK ? 800 : 400) * MIB)),
        row("CPU time runs backwards", "", counts((s, n) -> s.setCpuUserSecondsTotal((double) n))),
        row("CPU time is no number", REFUSED, every(10, s -> s.setCpuUserSecondsTotal(Double.NaN))),
        row("CPU time is negative", REFUSED, every(10, s -> s.setCpuUserSecondsTotal(-1))),
        row("kills run backwards", "", counts((s, n) -> s.setOomKillsTotal(1_000 - n / 50))),
        row(
            "throttled time runs backwards",
            "",
            counts((s, n) -> s.setThrottledSecondsTotal((double) n))),
        row("no core at all is allowed", "", (n, sample) -> pools(sample, n).setCpuLimitCores(0)),
        row(
            "the limit of cores is no number",
            REFUSED,
            every(10, s -> pools(s, 1).setCpuLimitCores(Double.NaN))),
        row(
            "the limit of cores has no end",
            REFUSED,
            every(10, s -> pools(s, 1).setCpuLimitCores(Double.POSITIVE_INFINITY))),
        row("threads wait in line for ages", "", OddSamplesTest::inLine),
        row("one in ten waited for the GIL for ages", REFUSED, every(10, OddSamplesTest::gil)),
        row("exceptions run backwards", "", counts(OddSamplesTest::exceptions)),
        row("loop lag runs backwards", "", counts(OddSamplesTest::lag)),
        row("numbers run backwards", "", counts((s, n) -> s.setSequence(n + 1))),
        row("one number for all", "", (n, sample) -> sample.setSequence(7)),
        row("an interval of 7 weeks", REFUSED, every(10, s -> s.setIntervalMs(-1))),
        row("no interval", REFUSED, every(10, s -> s.setIntervalMs(0))),
        row("the clock is set back by a minute", SET_BACK, clockSteps(-60_000)),
        row("the clock is set back by two hours", SET_BACK, clockSteps(-2 * HOUR_MS)),
        row("the clock is set back by a year", SET_BACK, clockSteps(-8760 * HOUR_MS)),
        row("the clock is set ahead by a minute", "limit clock_ahead 1", clockSteps(60_000)),
        row(
            "the clock is set ahead by a day",
            "leak clock_ahead 1, limit clock_ahead 1",
            clockSteps(24 * HOUR_MS)));
  }

  /** Busy, and always held back. */
  private static Sample.Builder pools(Sample.Builder sample, int n) {
    return sample
        .addNativePools(NativePool.newBuilder().setLibrary("libopenblas"))
        .setCpuUserSecondsTotal(n * EVERY_MS / 1e3)
        .setThrottledSecondsTotal(n * EVERY_MS / 1e3);
  }

  private static void inLine(int n, Sample.Builder sample) {
    for (String name : List.of("one", "two", "three")) {
      sample.addThreadCpu(ThreadCpu.newBuilder().setName(name).setRunqueueSecondsTotal(3.1e9));
    }
  }

  private static void gil(Sample.Builder sample) {
    sample.setGilWaitSeconds(Histogram.newBuilder().addCounts(5).setSumSeconds(1e301));
  }

  private static void exceptions(Sample.Builder sample, long n) {
    sample.addCounters(
        NamedCounter.newBuilder().setName("exception").setSite("E at a:1").setTotal(n));
  }

  private static void lag(Sample.Builder sample, long n) {
    Histogram.Builder late = Histogram.newBuilder().addCounts(5 * n).setSumSeconds(n / 100.0);
    sample.addLoops(EventLoop.newBuilder().setName("Main").setKind("asyncio").setLagSeconds(late));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("odd")
  void leakIsToldAndEveryRecordHasAnOutcome(String what, String outcomes, Oddity oddity) {
    try (Pipeline pipeline = new Pipeline(FAST)) {
      for (int n = 0; n < LONG; n++) {
        Sample.Builder sample = leaking(n);
        oddity.spoil(n, sample);
        advance(pipeline);
        pipe(pipeline, ODD, sample, Instant.ofEpochMilli(Math.max(0, sample.getAtMs())));
        if (n % 4 == 0) {
          pipe(pipeline, PLAIN, steady(n), at(n));
        }
      }
      check(pipeline, outcomes);
    }
  }

  @Test
  void twoProcessesWithOneIdentityAreBothHeard() {
    try (Pipeline pipeline = new Pipeline(FAST)) {
      for (int n = 0; n < LONG; n++) {
        advance(pipeline);
        pipe(pipeline, ODD, leaking(n), at(n));
        Sample.Builder twin = leaking(n).setSequence(5_000 + n).setAtMs(at(n).toEpochMilli() + 90);
        pipe(pipeline, ODD, twin, at(n));
      }
      check(pipeline, "");
      assertThat(pipeline.records("hognose.samples", "applied")).isEqualTo(2 * LONG);
    }
  }

  @Test
  void whatIsAheadOfItsOwnRecordIsADeadLetter() {
    try (Pipeline pipeline = new Pipeline(FAST)) {
      for (int n = 0; n < LONG; n++) {
        Sample.Builder sample = leaking(n);
        every(10, s -> s.setAtMs(s.getAtMs() + 120_000)).spoil(n, sample);
        advance(pipeline);
        pipe(pipeline, ODD, sample, at(n));
      }
      check(pipeline, REFUSED);
    }
  }

  private static void check(Pipeline pipeline, String outcomes) {
    Map<String, Double> records = counted(pipeline, "hognose.streams.records");
    Map<String, Double> leaks = counted(pipeline, "hognose.streams.leak.readings");
    Map<String, Double> limits = counted(pipeline, "hognose.streams.limit.readings");
    TreeSet<String> odd = new TreeSet<>();
    tellOdd(odd, "records", records, Set.of("applied"));
    tellOdd(odd, "leak", leaks, Set.of("counted", "changed"));
    tellOdd(odd, "limit", limits, Set.of("counted"));
    assertThat(String.join(", ", odd)).isEqualTo(outcomes);
    double applied = records.getOrDefault("applied", 0.0);
    assertThat(sum(leaks)).isEqualTo(applied);
    assertThat(sum(limits)).isEqualTo(applied);
    assertThat(pipeline.letters())
        .hasSize(records.getOrDefault("malformed", 0.0).intValue())
        .extracting(OddSamplesTest::reason)
        .noneMatch(reason -> reason.contains("defect"));
    assertThat(pipeline.told().values())
        .allSatisfy(alert -> assertThat(alert.service()).isEqualTo(ODD.service()))
        .anySatisfy(
            alert -> {
              assertThat(alert.kind()).isEqualTo(Alert.Kind.MEMORY_LEAK);
              assertThat(alert.state()).isEqualTo(Alert.State.FIRING);
            });
  }

  private static void tellOdd(
      Set<String> odd, String what, Map<String, Double> counted, Set<String> usual) {
    counted.forEach(
        (outcome, count) -> {
          if (!usual.contains(outcome)) {
            odd.add(what + " " + outcome + " " + count.intValue());
          }
        });
  }

  private static double sum(Map<String, Double> counted) {
    return counted.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static Map<String, Double> counted(Pipeline pipeline, String name) {
    Map<String, Double> counted = new TreeMap<>();
    for (Counter counter : pipeline.registry().get(name).counters()) {
      if (counter.count() > 0) {
        counted.merge(
            Objects.requireNonNull(counter.getId().getTag("outcome")),
            counter.count(),
            Double::sum);
      }
    }
    return counted;
  }

  private static void advance(Pipeline pipeline) {
    pipeline.advance(Duration.ofMillis(EVERY_MS));
  }

  private static Instant at(int n) {
    return T0.plusMillis(n * EVERY_MS);
  }

  private static Sample.Builder leaking(int n) {
    return sample(ODD, n, 100 * MIB + n * MIB);
  }

  private static Sample.Builder steady(int n) {
    return sample(PLAIN, n, 100 * MIB);
  }

  private static Sample.Builder sample(ProcessId process, int n, long bytes) {
    return Sample.newBuilder()
        .setProcess(
            Process.newBuilder()
                .setService(process.service())
                .setHost(process.host())
                .setPid(process.pid())
                .setStartedAtMs(process.startedAt().toEpochMilli()))
        .setSequence(n + 1)
        .setIntervalMs((int) EVERY_MS)
        .setAtMs(at(n).toEpochMilli())
        .setRssBytes(bytes)
        .setUssBytes(bytes)
        .setAllocatedBlocks(bytes / 128)
        .setMemoryLimitBytes(400 * MIB);
  }

  private static void pipe(
      Pipeline pipeline, ProcessId process, Sample.Builder sample, Instant recordTime) {
    pipeline.pipeSample(Pipeline.key(process.key()), sample.build().toByteArray(), recordTime);
  }

  private static String reason(TestRecord<byte[], byte[]> letter) {
    return new String(
        letter.headers().lastHeader("hognose-reason").value(), StandardCharsets.UTF_8);
  }
}
