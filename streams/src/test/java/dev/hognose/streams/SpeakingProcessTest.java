package dev.hognose.streams;

import static dev.hognose.streams.Telemetry.INTERVAL;
import static dev.hognose.streams.Telemetry.T0;
import static dev.hognose.streams.Telemetry.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hognose.alert.Alert;
import dev.hognose.diagnosis.DiagnosisPolicy;
import dev.hognose.diagnosis.ProcessStep;
import dev.hognose.diagnosis.ProcessWatch;
import dev.hognose.diagnosis.Sighting;
import dev.hognose.leak.LeakAlertPolicy;
import dev.hognose.leak.LeakPolicy;
import dev.hognose.leak.LeakWatch;
import dev.hognose.leak.Trend;
import dev.hognose.limit.LimitPolicy;
import dev.hognose.limit.LimitStep;
import dev.hognose.limit.LimitWatch;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.ProcessId;
import dev.hognose.wire.state.LeakEvidenceCodec;
import dev.hognose.wire.state.ProcessStateCodec;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.Test;

/**
 * A process whose samples make our own code fail from one moment on: no judge calls it silent while
 * it speaks.
 */
class SpeakingProcessTest {

  private static final ProcessId OLD = new ProcessId("orders", "web-1", 7, T0.minusSeconds(3_600));

  /** Samples until it is near its limit. */
  private static final int WELL = 110;

  private static final int LONG = WELL + 480;

  private boolean hasDefect;

  /** Counts, as all judges do with each sample, until it fails. */
  private final class Failing implements Counter {

    @Override
    public void increment(double amount) {
      if (hasDefect) {
        throw new IllegalStateException("defect");
      }
    }

    @Override
    public double count() {
      return 0;
    }

    @Override
    public Meter.Id getId() {
      return Counter.builder("failing").register(new SimpleMeterRegistry()).getId();
    }
  }

  private <E extends Enum<E>> OutcomeCounters<E> failing(Class<E> outcomes) {
    return new OutcomeCounters<>(outcomes, outcome -> new Failing());
  }

  @Test
  void byTheJudgeOfDiagnoses() {
    MockProcessorContext<String, Sighting> context = new MockProcessorContext<>();
    add(context, Stored.unpacked(SightingProcessor.PROCESSES, new ProcessStateCodec()));
    add(context, KnownProcess.store());
    speakUntilSilent(
        new SightingProcessor(
            new ProcessWatch(DiagnosisPolicy.DEFAULT),
            new LimitWatch(LimitPolicy.DEFAULT),
            failing(ProcessStep.Outcome.class),
            new PromptOutputs(new CommitPace())),
        context);

    assertThat(context.forwarded())
        .extracting(told -> told.record().value().kind())
        .containsExactly(Alert.Kind.SILENT_PROCESS);
  }

  @Test
  void byTheJudgeOfLimits() {
    MockProcessorContext<String, Alert> context = new MockProcessorContext<>();
    add(context, KnownProcess.store());
    speakUntilSilent(
        new OutOfMemoryProcessor(
            new LimitWatch(LimitPolicy.DEFAULT.withFloor(Duration.ofMillis(500))),
            failing(LimitStep.Outcome.class)),
        context);

    assertThat(context.forwarded())
        .extracting(told -> told.record().value().kind())
        .containsExactly(Alert.Kind.OUT_OF_MEMORY_SOON, Alert.Kind.OOM_KILLED);
  }

  @Test
  void byTheJudgeOfLeaks() {
    MockProcessorContext<String, Told> context = new MockProcessorContext<>();
    add(context, KnownProcess.store());
    LeakLives.stores().forEach(store -> add(context, store));
    add(context, WaitingWords.store());
    add(context, TaskProgress.store());
    add(
        context,
        Stored.inMemory(
            LeakTrendProcessor.EVIDENCE, Serdes.String(), new LeakEvidenceCodec().serde()));
    speakUntilSilent(
        new LeakTrendProcessor(
            new LeakWatch(LeakPolicy.BALANCED, LeakAlertPolicy.DEFAULT, Optional.empty()),
            failing(ReadingOutcome.class)),
        context);

    assertThat(context.forwarded())
        .flatExtracting(told -> told.record().value().trends())
        .extracting(trend -> trend.orElseThrow().verdict())
        .containsExactly(Trend.Verdict.UNKNOWN);
  }

  private <V> void speakUntilSilent(
      Processor<byte[], Heard, String, V> judge, MockProcessorContext<String, V> context) {
    context.setCurrentSystemTimeMs(T0.toEpochMilli());
    judge.init(context);
    for (int n = 0; n < WELL; n++) {
      speak(judge, context, n);
    }
    context.resetForwards();
    hasDefect = true;
    for (int n = WELL; n < LONG; n++) {
      int each = n;
      assertThatIllegalStateException().isThrownBy(() -> speak(judge, context, each));
      look(context, T0.plus(INTERVAL.multipliedBy(n)));
    }
    assertThat(context.forwarded()).isEmpty();

    look(context, T0.plus(Duration.ofMinutes(10)));
  }

  /** By 10 MiB a second towards its limit of 400. */
  private static <V> void speak(
      Processor<byte[], Heard, String, V> judge, MockProcessorContext<String, V> context, int n) {
    Instant at = T0.plus(INTERVAL.multipliedBy(n));
    context.setCurrentSystemTimeMs(at.toEpochMilli());
    Bytes rss = new Bytes((100L << 20) + n * (10L << 20) / 4);
    judge.process(
        new Record<>(new byte[0], new Heard.OfSample(sample(OLD, 1_000 + n, at, rss)), 0));
  }

  private static void look(MockProcessorContext<?, ?> context, Instant at) {
    context.setCurrentSystemTimeMs(at.toEpochMilli());
    for (MockProcessorContext.CapturedPunctuator timer :
        List.copyOf(context.scheduledPunctuators())) {
      timer.getPunctuator().punctuate(at.toEpochMilli());
    }
  }

  private static void add(MockProcessorContext<?, ?> context, StoreBuilder<?> builder) {
    StateStore store = builder.withLoggingDisabled().build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }
}
