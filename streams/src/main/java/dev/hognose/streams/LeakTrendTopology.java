package dev.hognose.streams;

import dev.hognose.leak.LeakWatch;
import dev.hognose.wire.Topics;
import dev.hognose.wire.state.LeakEvidenceCodec;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Samples, and events about memory → hognose.trends and hognose.alerts.
 *
 * <p>Key: the process. A trend appears when a verdict changes, or a figure of it markedly; an alert
 * when the verdict is a leak, and again when it changes markedly or its process says more about it.
 * It resolves when the floors stop rising, when the process stops, and when it fell silent. Late
 * samples count until their bucket closes; doubled ones end in the intake.
 */
final class LeakTrendTopology {

  private final LeakWatch watch;
  private final MeterRegistry registry;
  private final PromptOutputs prompt;

  LeakTrendTopology(LeakWatch watch, MeterRegistry registry, PromptOutputs prompt) {
    this.watch = watch;
    this.registry = registry;
    this.prompt = prompt;
  }

  /**
   * Judges all processes.
   *
   * @return what they show to the others of their services, and how far they were read; key: the
   *     service
   */
  KStream<String, TaskReport> judge(KStream<byte[], Heard> heard) {
    KStream<String, Told> told =
        heard.process(
            new Supplier(watch, ReadingOutcome.counters(registry)),
            Named.as("leak-judge"),
            KnownProcess.STORE);
    told.flatMapValues(Told::trends, Named.as("leak-trends-told"))
        .mapValues(trend -> trend.orElse(null), Named.as("leak-trends-or-gone"))
        .to(
            Topics.TRENDS.name(),
            Produced.with(Topics.TRENDS.key(), Topics.TRENDS.value()).withName("leak-trends"));
    told.flatMapValues(Told::alerts, Named.as("leak-alerts-told"))
        .processValues(prompt.alerts(), Named.as("leak-promptly"))
        .to(
            Topics.ALERTS.name(),
            Produced.with(Topics.ALERTS.key(), Topics.ALERTS.value()).withName("leak-alerts"));
    return told.flatMapValues(Told::reports, Named.as("leak-lives-shown"));
  }

  private record Supplier(LeakWatch watch, OutcomeCounters<ReadingOutcome> counters)
      implements ProcessorSupplier<byte[], Heard, String, Told> {

    @Override
    public Processor<byte[], Heard, String, Told> get() {
      return new LeakTrendProcessor(watch, counters);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      Set<StoreBuilder<?>> stores = new LinkedHashSet<>(LeakLives.stores());
      stores.add(Stored.unpacked(LeakTrendProcessor.EVIDENCE, new LeakEvidenceCodec()));
      stores.add(WaitingWords.store());
      stores.add(TaskProgress.store());
      return stores;
    }
  }
}
