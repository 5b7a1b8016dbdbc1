package dev.hognose.streams;

import static dev.hognose.streams.Telemetry.T0;
import static dev.hognose.streams.Telemetry.block;
import static dev.hognose.streams.Telemetry.event;
import static dev.hognose.streams.Telemetry.process;
import static dev.hognose.streams.Telemetry.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.leak.LeakAlertPolicy;
import dev.hognose.leak.LeakPolicy;
import dev.hognose.leak.LeakWatch;
import dev.hognose.leak.Trend;
import dev.hognose.loop.LoopBlockPolicy;
import dev.hognose.loop.LoopBlockStep;
import dev.hognose.loop.LoopBlockWatch;
import dev.hognose.profile.ServiceProfile;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import dev.hognose.sample.Stack;
import dev.hognose.sample.StackProfile;
import dev.hognose.wire.ServiceProfileCodec;
import dev.hognose.wire.state.CulpritsCodec;
import dev.hognose.wire.state.EpisodesCodec;
import dev.hognose.wire.state.LeakEvidenceCodec;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.Test;

/** A task that starts on a state says what became overdue, and not before it has caught up. */
class TaskStartTest {

  private static final long START_MS = T0.plusSeconds(86_400).toEpochMilli();

  @Test
  void aProcessThatFellSilentMeanwhileIsTold() {
    LeakWatch watch = new LeakWatch(LeakPolicy.BALANCED, LeakAlertPolicy.DEFAULT, Optional.empty());
    MockProcessorContext<String, Told> context = new MockProcessorContext<>();
    context.setCurrentSystemTimeMs(START_MS);
    add(context, KnownProcess.store());
    LeakLives.stores().forEach(store -> add(context, store));
    add(
        context,
        Stored.inMemory(
            WaitingWords.WORDS, Serdes.String(), LeakServiceTopology.unheard().serde()));
    add(context, TaskProgress.store());
    add(
        context,
        Stored.inMemory(
            LeakTrendProcessor.EVIDENCE, Serdes.String(), new LeakEvidenceCodec().serde()));
    Processor<byte[], Heard, String, Told> before = leakTrends(watch, context);
    before.process(
        new Record<>(new byte[0], new Heard.OfSample(sample(process("orders", 1), 1, T0)), 0));
    context.resetForwards();

    leakTrends(watch, context);
    assertThat(told(context, Duration.ofSeconds(49))).isEmpty();

    assertThat(told(context, Duration.ofSeconds(56)))
        .singleElement()
        .satisfies(
            told ->
                assertThat(told.trends().get(0).orElseThrow().verdict())
                    .isEqualTo(Trend.Verdict.UNKNOWN));
  }

  private static Processor<byte[], Heard, String, Told> leakTrends(
      LeakWatch watch, MockProcessorContext<String, Told> context) {
    LeakTrendProcessor started =
        new LeakTrendProcessor(watch, ReadingOutcome.counters(new SimpleMeterRegistry()));
    started.init(context);
    return started;
  }

  @Test
  void anEpisodeThatEndedMeanwhileIsTold() {
    MockProcessorContext<String, Optional<Alert>> context = new MockProcessorContext<>();
    context.setCurrentSystemTimeMs(START_MS);
    add(context, Stored.unpacked(LoopBlockProcessor.EPISODES, new EpisodesCodec()));
    add(context, Stored.unpacked(LoopBlockProcessor.CULPRITS, new CulpritsCodec()));
    Processor<String, Event, String, Optional<Alert>> before =
        loopBlocks(LoopBlockPolicy.DEFAULT, context);
    before.process(
        new Record<>(
            "orders", event(process("orders", 1), 1, block(1, T0, Duration.ofSeconds(2))), 0));
    context.resetForwards();

    loopBlocks(LoopBlockPolicy.DEFAULT, context);
    assertThat(told(context, Duration.ofSeconds(29))).isEmpty();

    assertThat(told(context, Duration.ofSeconds(36)))
        .singleElement()
        .satisfies(
            told ->
                assertThat(told.orElseThrow().resolvedAt())
                    .contains(T0.plusSeconds(2).plus(Duration.ofMinutes(10))));
  }

  private static Processor<String, Event, String, Optional<Alert>> loopBlocks(
      LoopBlockPolicy policy, MockProcessorContext<String, Optional<Alert>> context) {
    LoopBlockProcessor started =
        new LoopBlockProcessor(
            new LoopBlockWatch(policy),
            new OutcomeCounters<>(
                LoopBlockStep.Outcome.class,
                outcome -> Counter.builder(outcome).register(new SimpleMeterRegistry())),
            Counter.builder("unended").register(new SimpleMeterRegistry()));
    started.init(context);
    return started;
  }

  @Test
  void aMinuteThatWasNotToldIsToldWithAllItsVersions() {
    MockProcessorContext<String, ServiceProfile> context = new MockProcessorContext<>();
    context.setCurrentSystemTimeMs(START_MS);
    add(context, Stored.unpacked(ProfileProcessor.PROFILES, new ServiceProfileCodec()));
    Processor<String, Event, String, ServiceProfile> before = profiles(context);
    before.process(new Record<>("orders", profiled(1, "1"), 0));
    before.process(new Record<>("orders", profiled(2, "2"), 0));
    context.resetForwards();

    profiles(context);
    assertThat(told(context, Duration.ofSeconds(76)))
        .extracting(ServiceProfile::version)
        .containsExactly("1", "2");
  }

  private static Event profiled(int number, String version) {
    Stack stack = new Stack(List.of(Telemetry.CULPRIT), 12, "MainThread");
    StackProfile profile = new StackProfile(Duration.ofSeconds(20), 12, List.of(stack), false);
    return new Event(process("orders", number), 1, T0, version, profile);
  }

  private static Processor<String, Event, String, ServiceProfile> profiles(
      MockProcessorContext<String, ServiceProfile> context) {
    ProfileProcessor started =
        new ProfileProcessor(
            new OutcomeCounters<>(
                ProfileOutcome.class,
                outcome -> Counter.builder(outcome).register(new SimpleMeterRegistry())));
    started.init(context);
    return started;
  }

  @Test
  void whoWasToldApartIsKnown() {
    LoopBlockPolicy usual = LoopBlockPolicy.DEFAULT;
    LoopBlockPolicy policy =
        new LoopBlockPolicy(usual.hard(), usual.share(), usual.shareBlocks(), usual.quiet(), 1);
    MockProcessorContext<String, Optional<Alert>> context = new MockProcessorContext<>();
    context.setCurrentSystemTimeMs(START_MS);
    add(context, Stored.unpacked(LoopBlockProcessor.EPISODES, new EpisodesCodec()));
    add(context, Stored.unpacked(LoopBlockProcessor.CULPRITS, new CulpritsCodec()));
    Processor<String, Event, String, Optional<Alert>> before = loopBlocks(policy, context);
    before.process(blocked(1, "large", 3));
    before.process(blocked(2, "small", 2));
    context.resetForwards();

    Processor<String, Event, String, Optional<Alert>> after = loopBlocks(policy, context);
    after.process(blocked(3, "small", 2));

    assertThat(context.forwarded())
        .extracting(each -> (Optional<Alert>) each.record().value())
        .filteredOn(alert -> alert.flatMap(Alert::culprit).isPresent())
        .singleElement()
        .satisfies(alert -> assertThat(alert.orElseThrow().title()).contains("2 times", "small"));
    assertThat(context.forwarded())
        .extracting(each -> (Optional<Alert>) each.record().value())
        .anyMatch(Optional::isEmpty);
  }

  private static Record<String, Event> blocked(int number, String function, int seconds) {
    Frame place = new Frame("/srv/shop/views.py", 10, function);
    LoopBlock block = block(number, T0.plusSeconds(10L * number), Duration.ofSeconds(seconds));
    return new Record<>(
        "orders", event(process("orders", 1), number, Telemetry.blamed(block, place)), 0);
  }

  private static void add(MockProcessorContext<?, ?> context, StoreBuilder<?> builder) {
    StateStore store = builder.withLoggingDisabled().build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  /** What the task that started last says when so much time has passed. */
  private static <V> List<V> told(MockProcessorContext<String, V> context, Duration passed) {
    List<MockProcessorContext.CapturedPunctuator> timers = context.scheduledPunctuators();
    timers.get(timers.size() - 1).getPunctuator().punctuate(START_MS + passed.toMillis());
    List<V> told = context.forwarded().stream().map(each -> (V) each.record().value()).toList();
    context.resetForwards();
    return told;
  }
}
