package dev.hognose.streams;

import static dev.hognose.streams.Telemetry.T0;
import static dev.hognose.streams.Telemetry.event;
import static dev.hognose.streams.Telemetry.process;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.fixture.KernelBuilder;
import dev.hognose.fixture.SampleBuilder;
import dev.hognose.sample.NamedCounter;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.sample.Stopped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosisTopologyTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofMinutes(11);

  @Test
  void fortyWorkersWithOneIllnessAreOneAlertThatResolves() {
    try (Pipeline pipeline = new Pipeline()) {
      for (int second = 1; second <= 60; second++) {
        for (int number = 1; number <= 40; number++) {
          pipeline.pipe(leaking(process("orders", number), second));
        }
      }

      assertThat(pipeline.told().values())
          .singleElement()
          .satisfies(
              alert -> {
                assertThat(alert.kind()).isEqualTo(Alert.Kind.THREAD_LEAK);
                assertThat(alert.processesAffected()).isEqualTo(40);
              });

      pipeline.advance(LATER);
      assertThat(pipeline.told().values())
          .filteredOn(alert -> alert.kind() == Alert.Kind.THREAD_LEAK)
          .extracting(Alert::state)
          .containsExactly(Alert.State.RESOLVED);
    }
  }

  @Test
  void everyServiceHasItsOwnAlerts() {
    try (Pipeline pipeline = new Pipeline()) {
      for (int second = 1; second <= 60; second++) {
        pipeline.pipe(leaking(process("orders", 1), second));
        pipeline.pipe(leaking(process("catalog", 1), second));
      }

      assertThat(pipeline.told().values())
          .extracting(Alert::service)
          .containsExactlyInAnyOrder("orders", "catalog");
    }
  }

  @Test
  void aProcessThatFallsSilentIsToldByTheTimerAndForgotten() {
    try (Pipeline pipeline = new Pipeline()) {
      for (int second = 1; second <= 200; second++) {
        pipeline.pipe(well(process("orders", 1), second));
      }
      pipeline.advance(Duration.ofSeconds(31));

      assertThat(pipeline.told().values())
          .extracting(Alert::kind)
          .containsExactly(Alert.Kind.SILENT_PROCESS);
      pipeline.advance(Duration.ofHours(5));
      pipeline.advance(Duration.ofHours(5));
      assertThat(pipeline.stored(SightingProcessor.PROCESSES)).isZero();
      assertThat(pipeline.stored(CaseProcessor.CASES)).isZero();
    }
  }

  @Test
  void aProcessThatEndsIsNotToldAndForgotten() {
    try (Pipeline pipeline = new Pipeline()) {
      for (int second = 1; second <= 200; second++) {
        pipeline.pipe(well(process("orders", 1), second));
      }
      pipeline.pipe(
          event(process("orders", 1), 201, at(201), new Stopped(Stopped.Reason.SIGNAL, 0)));
      pipeline.advance(Duration.ofMinutes(11));

      assertThat(pipeline.told()).isEmpty();
      assertThat(pipeline.stored(SightingProcessor.PROCESSES)).isZero();
    }
  }

  @Test
  void everySampleIsCountedOnce() {
    try (Pipeline pipeline = new Pipeline()) {
      List<Sample> samples = twoMinutes();
      samples.forEach(pipeline::pipe);
      pipeline.pipe(samples.get(0));

      double counted =
          pipeline.registry().get("hognose.streams.diagnosis.samples").counters().stream()
              .mapToDouble(each -> each.count())
              .sum();
      assertThat(counted).isEqualTo(samples.size());
      assertThat(pipeline.records("hognose.samples", "applied")).isEqualTo(samples.size());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void doublesAndDisorderWithinGraceEndInTheSameBytes(long seed) {
    assertThat(bytesAfter(disordered(twoMinutes(), new Random(seed))))
        .isEqualTo(bytesAfter(twoMinutes()));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 237, 301})
  void aRestartInBetweenEndsInTheSameBytes(int after) {
    List<Sample> samples = twoMinutes();
    try (Pipeline before = new Pipeline()) {
      samples.subList(0, after).forEach(before::pipe);
      try (Pipeline restarted = before.restarted()) {
        samples.subList(after - 20, samples.size()).forEach(restarted::pipe);
        restarted.advance(LATER);

        assertThat(AlertBytes.of(restarted.told()))
            .isEqualTo(bytesAfter(samples))
            .hasSizeGreaterThan(2);
      }
    }
  }

  /** Each up to two seconds late, every third one twice. */
  private static List<Sample> disordered(List<Sample> samples, Random random) {
    TreeMap<Double, Sample> byArrival = new TreeMap<>();
    for (Sample sample : samples) {
      double atMs = sample.at().toEpochMilli();
      byArrival.put(atMs + 2_000 * random.nextDouble(), sample);
      if (random.nextInt(3) == 0) {
        byArrival.put(atMs + 2_000 * random.nextDouble(), sample);
      }
    }
    return List.copyOf(byArrival.values());
  }

  /** Four processes: two that leak threads, one that raises, one that falls silent. */
  private static List<Sample> twoMinutes() {
    List<Sample> samples = new ArrayList<>();
    for (int second = 1; second <= 120; second++) {
      samples.add(leaking(process("orders", 1), second));
      samples.add(leaking(process("orders", 2), second));
      samples.add(raising(process("orders", 3), second));
      if (second < 60 || second > 100) {
        samples.add(well(process("orders", 4), second));
      }
    }
    samples.sort(Comparator.comparing(Sample::at).thenComparing(each -> each.process().key()));
    return samples;
  }

  private static Map<String, String> bytesAfter(List<Sample> samples) {
    try (Pipeline pipeline = new Pipeline()) {
      samples.forEach(pipeline::pipe);
      pipeline.advance(LATER);
      return AlertBytes.of(pipeline.told());
    }
  }

  private static Instant at(int second) {
    return T0.plusMillis(1_000L * second + 130);
  }

  private static Sample well(ProcessId process, int second) {
    return sample(process, second, 8, List.of());
  }

  private static Sample leaking(ProcessId process, int second) {
    return sample(process, second, 8 + 2 * second, List.of());
  }

  private static Sample raising(ProcessId process, int second) {
    return sample(
        process,
        second,
        8,
        List.of(
            new NamedCounter(
                "exception/TypeError", "/srv/shop/views.py:41 in checkout", second / 2)));
  }

  private static Sample sample(
      ProcessId process, int second, int threads, List<NamedCounter> counters) {
    return SampleBuilder.like(Telemetry.sample(process, second, at(second)))
        .interval(SECOND)
        .kernel(KernelBuilder.of(threads).build())
        .counters(counters)
        .build();
  }
}
