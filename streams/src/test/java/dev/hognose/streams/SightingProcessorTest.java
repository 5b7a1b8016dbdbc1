package dev.hognose.streams;

import static dev.hognose.streams.Telemetry.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hognose.alert.Alert;
import dev.hognose.diagnosis.DiagnosisPolicy;
import dev.hognose.diagnosis.ProcessStep;
import dev.hognose.diagnosis.ProcessWatch;
import dev.hognose.diagnosis.Sighting;
import dev.hognose.diagnosis.SlowTasksPolicy;
import dev.hognose.fixture.SampleBuilder;
import dev.hognose.limit.LimitPolicy;
import dev.hognose.limit.LimitWatch;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.sample.TaskGroup;
import dev.hognose.wire.state.ProcessStateCodec;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process of which no window can be judged, as that makes our own code fail. */
class SightingProcessorTest {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final ProcessId OLD = new ProcessId("orders", "web-1", 101, T0.minusSeconds(3600));

  private final MockProcessorContext<String, Sighting> context = new MockProcessorContext<>();
  private final SightingProcessor processor =
      new SightingProcessor(
          new ProcessWatch(failing()),
          new LimitWatch(LimitPolicy.DEFAULT),
          new OutcomeCounters<>(
              ProcessStep.Outcome.class,
              outcome -> Counter.builder(outcome).register(new SimpleMeterRegistry())),
          new PromptOutputs(new CommitPace()));

  @BeforeEach
  void start() {
    add(Stored.unpacked(SightingProcessor.PROCESSES, new ProcessStateCodec()));
    add(KnownProcess.store());
    context.setCurrentSystemTimeMs(T0.toEpochMilli());
    processor.init(context);
  }

  private void add(StoreBuilder<?> builder) {
    StateStore store = builder.withLoggingDisabled().build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  /** The weight of a task is its age over the least that is told: no number. */
  private static DiagnosisPolicy failing() {
    DiagnosisPolicy usual = DiagnosisPolicy.DEFAULT;
    return new DiagnosisPolicy(
        usual.windows(),
        usual.rises(),
        usual.loads(),
        usual.counts(),
        usual.surge(),
        new SlowTasksPolicy(Duration.ZERO, 1),
        usual.holder(),
        usual.lives(),
        usual.quiet(),
        usual.mostCulprits());
  }

  @Test
  void isSilentOnceItSaysNothingAndNotBefore() {
    speak(Duration.ZERO);
    for (Duration at = Duration.ofSeconds(5); at.compareTo(LONG) < 0; at = at.plusSeconds(5)) {
      Duration each = at;
      assertThatIllegalArgumentException()
          .isThrownBy(() -> speak(each))
          .withMessage("weight=NaN: expected 1 or more");
      look(each);
    }
    assertThat(context.forwarded()).isEmpty();

    look(LONG.plusMinutes(1));
    assertThat(context.forwarded())
        .extracting(told -> told.record().value().kind())
        .containsExactly(Alert.Kind.SILENT_PROCESS);
  }

  private void speak(Duration at) {
    Instant now = T0.plus(at);
    context.setCurrentSystemTimeMs(now.toEpochMilli());
    processor.process(new Record<>(new byte[0], new Heard.OfSample(sample(at)), 0));
  }

  private static Sample sample(Duration at) {
    List<TaskGroup> tasks = List.of(new TaskGroup("shop.cart.remind", 1, Duration.ZERO));
    return SampleBuilder.of(OLD, 10 + at.toSeconds(), T0.plus(at))
        .interval(Duration.ofSeconds(1))
        .loops(
            List.of(
                new EventLoop("MainThread", "asyncio", Histogram.EMPTY, Duration.ZERO, 1, tasks)))
        .build();
  }

  private void look(Duration at) {
    context.scheduledPunctuators().get(0).getPunctuator().punctuate(T0.plus(at).toEpochMilli());
  }
}
