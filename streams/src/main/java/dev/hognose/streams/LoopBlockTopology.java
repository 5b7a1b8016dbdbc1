package dev.hognose.streams;

import dev.hognose.alert.Alert;
import dev.hognose.loop.LoopBlockStep;
import dev.hognose.loop.LoopBlockWatch;
import dev.hognose.sample.Event;
import dev.hognose.sample.LoopBlock;
import dev.hognose.wire.EventCodec;
import dev.hognose.wire.Topics;
import dev.hognose.wire.state.CulpritsCodec;
import dev.hognose.wire.state.EpisodesCodec;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Loop blocks → hognose.alerts: one alert an episode of blocks with the same culprit and cause.
 *
 * <p>Key: the service; only loop blocks go through the repartition topic. An alert appears with the
 * event that crosses the policy and resolves when nothing was heard for the quiet time. Processes
 * may be read in any order; a doubled block changes nothing; a late one joins the episode that it
 * belongs to, even if that was told as resolved.
 */
final class LoopBlockTopology {

  private final LoopBlockWatch watch;
  private final MeterRegistry registry;
  private final PromptOutputs prompt;

  LoopBlockTopology(LoopBlockWatch watch, MeterRegistry registry, PromptOutputs prompt) {
    this.watch = watch;
    this.registry = registry;
    this.prompt = prompt;
  }

  void judge(KStream<byte[], Event> events) {
    events
        .filter((key, event) -> event.what() instanceof LoopBlock, Named.as("loop-blocks"))
        .selectKey((key, event) -> event.process().service(), Named.as("loop-blocks-service"))
        .processValues(prompt.loopBlocks(), Named.as("loop-blocks-promptly"))
        .repartition(
            Repartitioned.with(Serdes.String(), new EventCodec().serde())
                .withName("loop-blocks-by-service"))
        .process(new Supplier(watch, counters(), unended()), Named.as("loop-block-judge"))
        .processValues(prompt.alerts(), Named.as("loop-block-promptly"))
        .mapValues(alert -> alert.orElse(null), Named.as("loop-block-told"))
        .to(
            Topics.ALERTS.name(),
            Produced.with(Topics.ALERTS.key(), Topics.ALERTS.value())
                .withName("loop-block-alerts"));
  }

  /** What became of each event: the sum is what was received. */
  private OutcomeCounters<LoopBlockStep.Outcome> counters() {
    return new OutcomeCounters<>(
        LoopBlockStep.Outcome.class,
        outcome ->
            Counter.builder("hognose.streams.loop.blocks")
                .description("Events about loop blocks by what became of them")
                .tags("outcome", outcome)
                .register(registry));
  }

  private Counter unended() {
    return Counter.builder("hognose.streams.loop.blocks.unended")
        .description("Loop blocks whose end was never told: their process died in them")
        .register(registry);
  }

  private record Supplier(
      LoopBlockWatch watch, OutcomeCounters<LoopBlockStep.Outcome> counters, Counter unended)
      implements ProcessorSupplier<String, Event, String, Optional<Alert>> {

    @Override
    public Processor<String, Event, String, Optional<Alert>> get() {
      return new LoopBlockProcessor(watch, counters, unended);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(
          Stored.unpacked(LoopBlockProcessor.EPISODES, new EpisodesCodec()),
          Stored.unpacked(LoopBlockProcessor.CULPRITS, new CulpritsCodec()));
    }
  }
}
