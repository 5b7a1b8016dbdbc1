package dev.hognose.streams;

import static dev.hognose.streams.Telemetry.INTERVAL;
import static dev.hognose.streams.Telemetry.T0;
import static dev.hognose.streams.Telemetry.event;
import static dev.hognose.streams.Telemetry.process;
import static dev.hognose.streams.Telemetry.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hognose.alert.Alert;
import dev.hognose.limit.LimitStep;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.sample.Stopped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** With a leak bucket of a second a floor is half a second, and an hour half a minute. */
class OutOfMemoryTopologyTest {

  private static final Map<String, String> FAST = Map.of("LEAK_BUCKET", "1s");
  private static final ProcessId GREEDY = process("orders", 1);
  private static final int LONG = 110;
  private static final Set<Alert.Kind> OURS =
      Set.of(Alert.Kind.OUT_OF_MEMORY_SOON, Alert.Kind.OOM_KILLED, Alert.Kind.SILENT_PROCESS);

  /** From 100 MiB by 10 MiB a second towards its limit of 400. */
  private static List<Sample> greedy(int from, int to) {
    List<Sample> samples = new ArrayList<>();
    for (int n = from; n < to; n++) {
      samples.add(sample(GREEDY, n + 1, at(n), new Bytes((100L << 20) + n * (10L << 20) / 4)));
    }
    return samples;
  }

  private static Instant at(int n) {
    return T0.plus(INTERVAL.multipliedBy(n));
  }

  private static List<Alert> told(Pipeline pipeline) {
    Collection<Alert> all = pipeline.told().values();
    return all.stream().filter(alert -> OURS.contains(alert.kind())).toList();
  }

  @Test
  void limitThatIsNearIsToldAndThenTheKill() {
    try (Pipeline pipeline = new Pipeline(FAST)) {
      greedy(0, LONG).forEach(pipeline::pipe);

      Alert soon = assertThat(told(pipeline)).singleElement().actual();
      assertThat(soon.kind()).isEqualTo(Alert.Kind.OUT_OF_MEMORY_SOON);
      assertThat(soon.process()).contains(GREEDY);

      pipeline.advance(Duration.ofSeconds(27));
      assertThat(told(pipeline))
          .extracting(Alert::kind, Alert::state)
          .containsExactly(
              tuple(Alert.Kind.OUT_OF_MEMORY_SOON, Alert.State.RESOLVED),
              tuple(Alert.Kind.OOM_KILLED, Alert.State.FIRING));

      pipeline.advance(Duration.ofSeconds(40));
      assertThat(told(pipeline)).hasSize(2).allMatch(alert -> alert.resolvedAt().isPresent());
      pipeline.advance(Duration.ofHours(1));
      assertThat(pipeline.known(KnownProcess::limit)).isZero();
    }
  }

  @Test
  void aKillIsNotToldAsASilenceBesideUntilItTurnsOutToHaveBeenOne() {
    try (Pipeline pipeline = new Pipeline(FAST)) {
      greedy(0, LONG).forEach(pipeline::pipe);
      pipeline.advance(Duration.ofMinutes(5));
      assertThat(told(pipeline))
          .extracting(Alert::kind)
          .containsExactly(Alert.Kind.OUT_OF_MEMORY_SOON, Alert.Kind.OOM_KILLED);

      for (int n = 1_200; n < 1_240; n++) {
        pipeline.pipe(sample(GREEDY, n + 1, at(n)));
      }
      assertThat(told(pipeline))
          .extracting(Alert::kind, alert -> alert.resolvedAt().isPresent())
          .contains(tuple(Alert.Kind.OOM_KILLED, true), tuple(Alert.Kind.SILENT_PROCESS, false));
    }
  }

  @Test
  void farewellResolvesAndNobodyIsCalledKilled() {
    try (Pipeline pipeline = new Pipeline(FAST)) {
      greedy(0, LONG).forEach(pipeline::pipe);
      pipeline.pipe(event(GREEDY, LONG + 1, at(LONG), new Stopped(Stopped.Reason.EXIT, 0)));
      pipeline.advance(Duration.ofMinutes(5));

      assertThat(told(pipeline))
          .singleElement()
          .satisfies(soon -> assertThat(soon.resolvedAt()).contains(at(LONG)));
    }
  }

  @Test
  void aRestartOfTheStreamsChangesNothing() {
    try (Pipeline whole = new Pipeline(FAST);
        Pipeline before = new Pipeline(FAST)) {
      greedy(0, LONG).forEach(whole::pipe);
      greedy(0, 70).forEach(before::pipe);
      try (Pipeline after = before.restarted()) {
        greedy(60, LONG).forEach(after::pipe);

        assertThat(told(after)).isEqualTo(told(whole)).isNotEmpty();
      }
    }
  }

  @Test
  void everySampleIsCountedOnce() {
    try (Pipeline pipeline = new Pipeline(FAST)) {
      greedy(0, LONG).forEach(pipeline::pipe);
      pipeline.pipe(sample(GREEDY, LONG + 1, at(LONG), Bytes.ZERO));
      pipeline.pipe(sample(GREEDY, LONG + 2, at(LONG - 5), Bytes.ofMebi(100)));

      assertThat(count(pipeline, LimitStep.Outcome.COUNTED)).isEqualTo(LONG);
      assertThat(count(pipeline, LimitStep.Outcome.FAILED_READ)).isEqualTo(1);
      assertThat(count(pipeline, LimitStep.Outcome.LATE)).isEqualTo(1);
      assertThat(count(pipeline, LimitStep.Outcome.NO_LIMIT)).isZero();
    }
  }

  private static double count(Pipeline pipeline, LimitStep.Outcome outcome) {
    return pipeline
        .registry()
        .get("hognose.streams.limit.readings")
        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
        .counter()
        .count();
  }
}
