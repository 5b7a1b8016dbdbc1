package dev.hognose.streams;

import static dev.hognose.streams.Telemetry.T0;
import static dev.hognose.streams.Telemetry.block;
import static dev.hognose.streams.Telemetry.event;
import static dev.hognose.streams.Telemetry.process;
import static dev.hognose.streams.Telemetry.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.sample.Stack;
import dev.hognose.sample.StackProfile;
import dev.hognose.service.ServiceSummary;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/metrics.md says adds up, of records that come twice, late, broken and in disorder. */
class EquationsTest {

  private static final int SECONDS = 200;
  private static final String SAMPLES = "hognose.samples";
  private static final String EVENTS = "hognose.events";

  private Random random = new Random(0);
  private final Map<String, Integer> sent = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void whatWasReadIsWhatBecameOfIt(long seed) {
    random = new Random(seed);
    try (Pipeline pipeline = new Pipeline(Map.of("LEAK_BUCKET", "4s"))) {
      for (int second = 0; second < SECONDS; second++) {
        pipeline.advance(Duration.ofSeconds(1));
        send(pipeline, second);
      }
      pipeline.advance(Duration.ofMinutes(12));

      assertThat(pipeline.records(SAMPLES)).as("seed %s", seed).isEqualTo(sent(SAMPLES));
      assertThat(pipeline.records(EVENTS)).isEqualTo(sent(EVENTS));
      assertThat(pipeline.records(SAMPLES, "doubled")).isPositive();
      assertThat(pipeline.letters()).hasSize(sent("malformed"));
      assertThat(pipeline.records(EVENTS, "applied")).isEqualTo(sent("blocks") + sent("profiles"));
      double judged = pipeline.records(SAMPLES, "applied");
      for (String part : List.of("leak.readings", "limit.readings", "service.samples")) {
        assertThat(counted(pipeline, part)).as(part).isEqualTo(judged);
      }
      assertThat(counted(pipeline, "diagnosis.samples")).isEqualTo(judged);
      assertThat(counted(pipeline, "loop.blocks")).isEqualTo(sent("blocks"));
      assertThat(counted(pipeline, "profiles")).isEqualTo(sent("profiles"));
      assertThat(minutes(pipeline)).isPositive().isEqualTo(added(pipeline));
    }
  }

  /** A second of three processes: each tells a sample, and now and then something else. */
  private void send(Pipeline pipeline, int second) {
    Instant at = T0.plusSeconds(second);
    for (int number = 1; number <= 3; number++) {
      ProcessId process = process("orders", number);
      Sample sample = sample(process, 2L * second + 1, at.minusSeconds(oneIn(20) ? 90 : 0));
      for (int times = oneIn(10) ? 2 : 1; times > 0; times--) {
        pipeline.pipe(sample);
        count(SAMPLES);
      }
      if (oneIn(10)) {
        pipeline.pipeSample(Pipeline.key(process.key()), new byte[] {1, 2, 3}, at);
        count(SAMPLES);
        count("malformed");
      }
      if (oneIn(10)) {
        tell(pipeline, process, second);
      }
    }
  }

  /** A block or a profile, and the same once more. */
  private void tell(Pipeline pipeline, ProcessId process, int second) {
    Instant at = T0.plusSeconds(second);
    boolean blocked = random.nextBoolean();
    Event told =
        blocked
            ? event(process, 2L * second + 2, block(second, at, Duration.ofMillis(1_300)))
            : event(process, 2L * second + 2, at, profile());
    count(blocked ? "blocks" : "profiles");
    for (int times = 0; times < 2; times++) {
      pipeline.pipe(told);
      count(EVENTS);
    }
  }

  private StackProfile profile() {
    Stack stack = new Stack(List.of(new Frame("views.py", 41, "checkout")), 12, "MainThread");
    List<Stack> stacks = random.nextBoolean() ? List.of(stack) : List.of();
    return new StackProfile(Duration.ofSeconds(20), 12, stacks, false);
  }

  private boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  private void count(String what) {
    sent.merge(what, 1, Integer::sum);
  }

  private int sent(String what) {
    return sent.getOrDefault(what, 0);
  }

  private static double counted(Pipeline pipeline, String part) {
    return pipeline.registry().get("hognose.streams." + part).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private static double added(Pipeline pipeline) {
    return pipeline
        .registry()
        .get("hognose.streams.service.minutes")
        .tag("outcome", "added")
        .counter()
        .count();
  }

  /** Minutes of processes in the summaries, each told more than once, and at last as gone. */
  private static double minutes(Pipeline pipeline) {
    Map<Instant, Integer> processes = new HashMap<>();
    for (KeyValue<String, ServiceSummary> told : pipeline.services()) {
      Optional.ofNullable(told.value)
          .ifPresent(summary -> processes.put(summary.minute(), summary.processes()));
    }
    return processes.values().stream().mapToInt(Integer::intValue).sum();
  }
}
