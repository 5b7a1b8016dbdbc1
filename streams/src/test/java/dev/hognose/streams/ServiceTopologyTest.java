package dev.hognose.streams;

import static dev.hognose.streams.Telemetry.T0;
import static dev.hognose.streams.Telemetry.process;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.service.ServiceSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceTopologyTest {

  private static final Duration STEP = Duration.ofSeconds(10);

  @Test
  void aSummaryOfAllProcessesIsToldWhenTheyHadTheTimeToSpeak() {
    try (Pipeline pipeline = new Pipeline()) {
      for (int number = 1; number <= 3; number++) {
        healthy(process("orders", number), 8).forEach(pipeline::pipe);
      }
      assertThat(pipeline.services()).isEmpty();
      pipeline.advance(Duration.ofSeconds(16));

      KeyValue<String, ServiceSummary> told =
          assertThat(pipeline.services()).singleElement().actual();
      assertThat(told.key).isEqualTo("orders");
      assertThat(told.value.minute()).isEqualTo(T0);
      assertThat(told.value.processes()).isEqualTo(3);
      assertThat(told.value.loop().lag().count()).isEqualTo(1_800);
      assertThat(told.value.releases()).isEqualTo(Map.of("1.4.2", 3));
    }
  }

  @Test
  void aMinuteIsToldAtTheLatestWhenTheNextIsOver() {
    try (Pipeline pipeline = new Pipeline()) {
      healthy(process("orders", 1), 20).forEach(pipeline::pipe);

      assertThat(pipeline.services())
          .extracting(told -> told.value.minute())
          .containsExactly(T0, T0.plusSeconds(60));
    }
  }

  @Test
  void aServiceThatFellSilentIsForgotten() {
    try (Pipeline pipeline = new Pipeline()) {
      healthy(process("orders", 1), 8).forEach(pipeline::pipe);
      pipeline.advance(Duration.ofHours(3));

      assertThat(pipeline.services()).last().satisfies(told -> assertThat(told.value).isNull());
      assertThat(pipeline.stored(ServiceSummaryProcessor.MINUTES)).isZero();
      assertThat(pipeline.known(KnownProcess::figures)).isZero();
    }
  }

  @Test
  void lagWithoutABlockBecomesAnAlertThatResolves() {
    try (Pipeline pipeline = new Pipeline()) {
      late(process("orders", 1), 8, 0.05, 0.05).forEach(pipeline::pipe);

      assertThat(lag(pipeline))
          .singleElement()
          .satisfies(
              alert -> {
                assertThat(alert.kind()).isEqualTo(Alert.Kind.LOOP_LAG);
                assertThat(alert.cause()).isEqualTo("gil");
                assertThat(alert.state()).isEqualTo(Alert.State.FIRING);
              });
      pipeline.advance(Duration.ofMinutes(12));
      assertThat(lag(pipeline))
          .singleElement()
          .satisfies(
              alert ->
                  assertThat(alert.resolvedAt()).contains(T0.plusSeconds(60).plusSeconds(600)));
      pipeline.advance(Duration.ofHours(2));
      assertThat(pipeline.stored(LoopLagProcessor.EPISODES)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void processesReadInAnyOrderAndTwiceEndInTheSameBytes(long seed) {
    Random random = new Random(seed);
    List<Sample> samples = anHour(random);
    Map<String, String> expected = bytesAfter(samples);
    List<Sample> byProcess = new ArrayList<>(samples);
    byProcess.addAll(samples.subList(100, 400));
    byProcess.sort(
        Comparator.comparing((Sample sample) -> sample.process().key()).thenComparing(Sample::at));

    assertThat(expected).as("seed %s", seed).isNotEmpty();
    assertThat(bytesAfter(byProcess)).as("seed %s", seed).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7, 8})
  void aRestartInBetweenEndsInTheSameBytes(long seed) {
    List<Sample> samples = anHour(new Random(seed));
    try (Pipeline before = new Pipeline()) {
      samples.subList(0, 700).forEach(before::pipe);
      try (Pipeline after = before.restarted()) {
        samples.subList(650, samples.size()).forEach(after::pipe);
        after.advance(Duration.ofMinutes(12));

        assertThat(AlertBytes.of(after.told())).as("seed %s", seed).isEqualTo(bytesAfter(samples));
      }
    }
  }

  @Test
  void everySampleIsCountedOnce() {
    try (Pipeline pipeline = new Pipeline()) {
      List<Sample> samples = healthy(process("orders", 1), 10);
      pipeline.pipe(samples.get(3));
      samples.forEach(pipeline::pipe);

      assertThat(
              pipeline.registry().get("hognose.streams.service.samples").counters().stream()
                  .mapToDouble(each -> each.count())
                  .sum())
          .isEqualTo(10);
      assertThat(
              pipeline
                  .registry()
                  .get("hognose.streams.service.samples")
                  .tag("outcome", "stale")
                  .counter()
                  .count())
          .isEqualTo(3);
    }
  }

  private static List<Alert> lag(Pipeline pipeline) {
    return pipeline.told().values().stream()
        .filter(alert -> alert.kind() == Alert.Kind.LOOP_LAG)
        .toList();
  }

  private static Map<String, String> bytesAfter(List<Sample> samples) {
    try (Pipeline pipeline = new Pipeline()) {
      samples.forEach(pipeline::pipe);
      pipeline.advance(Duration.ofMinutes(12));
      return AlertBytes.of(pipeline.told());
    }
  }

  /** Four processes, each late for a while. */
  private static List<Sample> anHour(Random random) {
    List<Sample> samples = new ArrayList<>();
    for (int number = 1; number <= 4; number++) {
      double gil = random.nextBoolean() ? 0.05 : 0;
      samples.addAll(late(process("orders", number), 300, 0.02 + random.nextDouble() / 20, gil));
    }
    samples.sort(Comparator.comparing(Sample::at));
    return samples;
  }

  private static List<Sample> healthy(ProcessId process, int count) {
    return late(process, count, 0.001, 0);
  }

  /** One every ten seconds: a beat is so late in the mean, and the GIL is waited for so long. */
  private static List<Sample> late(ProcessId process, int count, double late, double gil) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long beats = 100L * i;
      Instant at = T0.plus(STEP.multipliedBy(i));
      Histogram lag = Histogram.of(new long[] {0, 0, beats}, beats * late);
      Histogram wait = Histogram.of(new long[] {beats}, beats * gil);
      samples.add(Telemetry.sample(process, i + 1, at, lag, wait));
    }
    return samples;
  }
}
