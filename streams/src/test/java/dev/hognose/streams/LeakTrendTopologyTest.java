package dev.hognose.streams;

import static dev.hognose.streams.Telemetry.INTERVAL;
import static dev.hognose.streams.Telemetry.T0;
import static dev.hognose.streams.Telemetry.event;
import static dev.hognose.streams.Telemetry.process;
import static dev.hognose.streams.Telemetry.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.leak.Outcome;
import dev.hognose.leak.Trend;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Event;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.sample.SilencePolicy;
import dev.hognose.sample.Stopped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeakTrendTopologyTest {

  /** Samples until the leak has been told. */
  private static final int LONG = 420;

  private static final Map<String, String> FAST = Map.of("LEAK_BUCKET", "1s");
  private static final ProcessId LEAKY = process("catalog", 1);

  @Test
  void aLeakBecomesATrendAndAnAlert() {
    try (Pipeline pipeline = new Pipeline(FAST)) {
      leak().forEach(pipeline::pipeLive);

      List<KeyValue<String, Trend>> trends = pipeline.trends();
      assertThat(trends).allSatisfy(each -> assertThat(each.key).isEqualTo(LEAKY.key()));
      assertThat(trends.get(0).value.verdict()).isEqualTo(Trend.Verdict.WARMING);
      assertThat(trends).extracting(each -> each.value.verdict()).contains(Trend.Verdict.LEAKING);
      Alert alert = pipeline.alerts().get(0).value();
      assertThat(alert.kind()).isEqualTo(Alert.Kind.MEMORY_LEAK);
      assertThat(alert.state()).isEqualTo(Alert.State.FIRING);
      assertThat(alert.process()).contains(LEAKY);
    }
  }

  @Test
  void aSteadyProcessBesideItIsNotAccused() {
    ProcessId steady = process("catalog", 2);
    try (Pipeline pipeline = new Pipeline(FAST)) {
      for (Sample sample : leak()) {
        pipeline.pipeLive(sample);
        pipeline.pipe(sample(steady, sample.sequence(), sample.at()));
      }

      assertThat(pipeline.told().values())
          .isNotEmpty()
          .allSatisfy(alert -> assertThat(alert.process()).contains(LEAKY));
    }
  }

  @Test
  void silenceIsToldByTheTimerInEventTimeAndForgottenLater() {
    try (Pipeline pipeline = new Pipeline(FAST)) {
      leak().forEach(pipeline::pipeLive);
      pipeline.alerts();
      pipeline.trends();
      Instant silentAt = SilencePolicy.DEFAULT.silentAt(leak().get(LONG - 1));
      pipeline.advance(Duration.between(at(LONG - 1), silentAt));
      assertThat(pipeline.alerts())
          .extracting(record -> record.value().kind())
          .doesNotContain(Alert.Kind.MEMORY_LEAK);

      pipeline.advance(Duration.ofSeconds(7));
      assertThat(pipeline.alerts())
          .singleElement()
          .satisfies(record -> assertThat(record.value().resolvedAt()).contains(silentAt));
      assertThat(pipeline.trends())
          .singleElement()
          .satisfies(each -> assertThat(each.value.verdict()).isEqualTo(Trend.Verdict.UNKNOWN));

      pipeline.advance(Duration.ofHours(5));
      assertThat(pipeline.alerts())
          .extracting(record -> record.value().kind())
          .doesNotContain(Alert.Kind.MEMORY_LEAK);
      assertThat(pipeline.trends()).containsExactly(KeyValue.pair(LEAKY.key(), null));
      assertThat(pipeline.known(KnownProcess::leak)).isZero();
      assertThat(pipeline.stored(LeakTrendProcessor.EVIDENCE)).isZero();
    }
  }

  @Test
  void anEndResolvesAtOnce() {
    try (Pipeline pipeline = new Pipeline(FAST)) {
      leak().forEach(pipeline::pipeLive);
      Instant end = at(LONG - 1).plusMillis(100);
      pipeline.pipe(event(LEAKY, 9_999, end, new Stopped(Stopped.Reason.SIGNAL, 15)));

      assertThat(pipeline.told().values())
          .singleElement()
          .satisfies(alert -> assertThat(alert.resolvedAt()).contains(end));
      pipeline.advance(Duration.ofMinutes(11));
      assertThat(pipeline.known(KnownProcess::leak)).isZero();
    }
  }

  @Test
  void sitesThatTheProcessNamedJoinTheAlert() {
    try (Pipeline pipeline = new Pipeline(FAST)) {
      leak().forEach(pipeline::pipeLive);
      pipeline.pipe(event(LEAKY, 9_001, at(LONG), window()));
      pipeline.pipe(event(LEAKY, 9_002, at(LONG + 1), window()));
      pipeline.pipe(event(LEAKY, 9_002, at(LONG + 1), window()));

      Alert alert = pipeline.told().values().iterator().next();
      assertThat(alert.culprit()).contains(Telemetry.CULPRIT);
      assertThat(alert.sites())
          .singleElement()
          .satisfies(site -> assertThat(site.bytes()).isEqualTo(Bytes.ofMebi(8)));
    }
  }

  @Test
  void doubledAndLateSamplesAndARestartEndInTheSameAlerts() {
    Map<String, Alert> expected = toldOf(withEnd(leak()));
    List<Object> disordered = disordered(withEnd(leak()), new Random(5));

    assertThat(toldOf(disordered)).isEqualTo(expected);
    try (Pipeline before = new Pipeline(FAST)) {
      disordered.subList(0, 400).forEach(each -> pipe(before, each));
      try (Pipeline after = before.restarted()) {
        disordered.subList(350, disordered.size()).forEach(each -> pipe(after, each));
        assertThat(after.told()).isEqualTo(expected);
      }
    }
    assertThat(expected).hasSize(1);
  }

  @Test
  void everyReadingIsCountedOnce() {
    try (Pipeline pipeline = new Pipeline(FAST)) {
      leak().forEach(pipeline::pipeLive);
      pipeline.pipe(sample(LEAKY, 5_000, at(LONG), Bytes.ZERO));

      double all =
          Arrays.stream(ReadingOutcome.values())
              .mapToDouble(outcome -> readings(pipeline, outcome))
              .sum();
      assertThat(all).isEqualTo(LONG + 1);
      assertThat(readings(pipeline, ReadingOutcome.FAILED_READ)).isEqualTo(1);
      assertThat(readings(pipeline, ReadingOutcome.CHANGED)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Outcome.Reason.class)
  void everyReasonHasItsCounter(Outcome.Reason reason) {
    assertThat(ReadingOutcome.of(new Outcome.Ignored(reason)).name()).isEqualTo(reason.name());
  }

  private static double readings(Pipeline pipeline, ReadingOutcome outcome) {
    return pipeline
        .registry()
        .get("hognose.streams.leak.readings")
        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
        .counter()
        .count();
  }

  /** Two mebibytes more a second. */
  private static List<Sample> leak() {
    return IntStream.range(0, LONG)
        .mapToObj(n -> sample(LEAKY, n + 1, at(n), new Bytes((100L << 20) + n * (2L << 20) / 4)))
        .toList();
  }

  private static Instant at(int n) {
    return T0.plus(INTERVAL.multipliedBy(n));
  }

  private static AllocationGrowth window() {
    return new AllocationGrowth(
        Duration.ofSeconds(2),
        Duration.ZERO,
        Duration.ofMillis(1),
        List.of(new AllocationGrowth.Site(List.of(Telemetry.CULPRIT), Bytes.ofMebi(4), 1_000)),
        false);
  }

  private static List<Object> withEnd(List<Sample> samples) {
    List<Object> all = new ArrayList<>(samples);
    all.add(event(LEAKY, 9_001, at(200), window()));
    all.add(event(LEAKY, 9_999, at(LONG - 1).plusMillis(100), new Stopped(Stopped.Reason.EXIT, 0)));
    return all;
  }

  /** Some samples up to three late, some twice, events anywhere near their time. */
  private static List<Object> disordered(List<Object> all, Random random) {
    List<Object> disordered = new ArrayList<>(all.subList(0, 3));
    for (Object each : all.subList(3, all.size())) {
      int late = random.nextInt(10) == 0 ? random.nextInt(3) : 0;
      disordered.add(Math.max(0, disordered.size() - late), each);
      if (random.nextInt(4) == 0) {
        disordered.add(each);
      }
    }
    return disordered;
  }

  private static Map<String, Alert> toldOf(List<Object> telemetry) {
    try (Pipeline pipeline = new Pipeline(FAST)) {
      telemetry.forEach(each -> pipe(pipeline, each));
      return pipeline.told();
    }
  }

  private static void pipe(Pipeline pipeline, Object telemetry) {
    if (telemetry instanceof Sample sample) {
      pipeline.pipeLive(sample);
    }
    if (telemetry instanceof Event event) {
      pipeline.pipe(event);
    }
  }
}
