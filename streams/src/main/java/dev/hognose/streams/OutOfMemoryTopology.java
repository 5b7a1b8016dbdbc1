package dev.hognose.streams;

import dev.hognose.alert.Alert;
import dev.hognose.limit.LimitStep;
import dev.hognose.limit.LimitWatch;
import dev.hognose.wire.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * Samples, and farewells → hognose.alerts: memory that reaches its limit soon, and processes that
 * were killed there.
 *
 * <p>Key: the process. An alert appears when a floor closes and the limit is within the hour, again
 * when that changes markedly, and resolves when it is far again or the process has ended. A process
 * that falls silent near its limit is told as killed a minute after that; if it comes back, that is
 * taken back. Late samples count while their bucket is open; doubled ones end in the intake.
 */
final class OutOfMemoryTopology {

  private final LimitWatch watch;
  private final MeterRegistry registry;
  private final PromptOutputs prompt;

  OutOfMemoryTopology(LimitWatch watch, MeterRegistry registry, PromptOutputs prompt) {
    this.watch = watch;
    this.registry = registry;
    this.prompt = prompt;
  }

  void judge(KStream<byte[], Heard> heard) {
    heard
        .process(new Supplier(watch, counters()), Named.as("limit-judge"), KnownProcess.STORE)
        .processValues(prompt.alerts(), Named.as("limit-promptly"))
        .to(
            Topics.ALERTS.name(),
            Produced.with(Topics.ALERTS.key(), Topics.ALERTS.value()).withName("limit-alerts"));
  }

  /** What became of each sample: applied = counted + no limit + those that were ignored. */
  private OutcomeCounters<LimitStep.Outcome> counters() {
    return new OutcomeCounters<>(
        LimitStep.Outcome.class,
        outcome ->
            Counter.builder("hognose.streams.limit.readings")
                .description("Memory figures of samples by what their limit made of them")
                .tags("outcome", outcome)
                .register(registry));
  }

  private record Supplier(LimitWatch watch, OutcomeCounters<LimitStep.Outcome> counters)
      implements ProcessorSupplier<byte[], Heard, String, Alert> {

    @Override
    public Processor<byte[], Heard, String, Alert> get() {
      return new OutOfMemoryProcessor(watch, counters);
    }
  }
}
