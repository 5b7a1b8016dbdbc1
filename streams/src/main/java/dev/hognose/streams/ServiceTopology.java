package dev.hognose.streams;

import dev.hognose.alert.Alert;
import dev.hognose.loop.LoopLagWatch;
import dev.hognose.service.ProcessFigures;
import dev.hognose.service.ProcessMinute;
import dev.hognose.service.ServiceSummary;
import dev.hognose.wire.Topics;
import dev.hognose.wire.state.LagEpisodesCodec;
import dev.hognose.wire.state.ProcessMinuteCodec;
import dev.hognose.wire.state.ServiceMinuteCodec;
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
 * hognose.samples → hognose.services, and hognose.alerts for lag that no loop block explains.
 *
 * <p>From samples, keyed by process, a record a process and minute goes through the repartition
 * topic, keyed by service. A summary appears when a minute is over and the processes have had the
 * time to say so; a minute that comes after the next has begun is counted as late. An alert appears
 * with the first minute that crosses the policy, and resolves after the quiet time; its minutes may
 * come in any order. A sample that is older than one read before is counted as stale.
 */
final class ServiceTopology {

  private final LoopLagWatch watch;
  private final MeterRegistry registry;
  private final PromptOutputs prompt;

  ServiceTopology(LoopLagWatch watch, MeterRegistry registry, PromptOutputs prompt) {
    this.watch = watch;
    this.registry = registry;
    this.prompt = prompt;
  }

  void judge(KStream<byte[], Heard> samples) {
    KStream<String, ProcessMinute> minutes =
        samples
            .process(
                new OfProcesses(readings()), Named.as("service-figures-read"), KnownProcess.STORE)
            .repartition(
                Repartitioned.with(
                        Serdes.String(),
                        StateFormat.in(
                            "service-minutes-by-service", new ProcessMinuteCodec().serde()))
                    .withName("service-minutes-by-service"));
    minutes
        .process(new OfServices(minutes()), Named.as("service-summary"))
        .mapValues(summary -> summary.orElse(null), Named.as("service-summary-or-gone"))
        .to(
            Topics.SERVICES.name(),
            Produced.with(Topics.SERVICES.key(), Topics.SERVICES.value()).withName("services"));
    minutes
        .process(new OfLag(watch), Named.as("loop-lag-judge"))
        .processValues(prompt.alerts(), Named.as("loop-lag-promptly"))
        .mapValues(alert -> alert.orElse(null), Named.as("loop-lag-told"))
        .to(
            Topics.ALERTS.name(),
            Produced.with(Topics.ALERTS.key(), Topics.ALERTS.value()).withName("loop-lag-alerts"));
  }

  private OutcomeCounters<ProcessFigures.Outcome> readings() {
    return new OutcomeCounters<>(
        ProcessFigures.Outcome.class,
        outcome ->
            Counter.builder("hognose.streams.service.samples")
                .description("Samples by what they told of their process's minutes")
                .tags("outcome", outcome)
                .register(registry));
  }

  private OutcomeCounters<MinuteOutcome> minutes() {
    return new OutcomeCounters<>(
        MinuteOutcome.class,
        outcome ->
            Counter.builder("hognose.streams.service.minutes")
                .description("Minutes of processes by what became of them in the service's summary")
                .tags("outcome", outcome)
                .register(registry));
  }

  private record OfProcesses(OutcomeCounters<ProcessFigures.Outcome> counters)
      implements ProcessorSupplier<byte[], Heard, String, ProcessMinute> {

    @Override
    public Processor<byte[], Heard, String, ProcessMinute> get() {
      return new ServiceFiguresProcessor(counters);
    }
  }

  private record OfServices(OutcomeCounters<MinuteOutcome> counters)
      implements ProcessorSupplier<String, ProcessMinute, String, Optional<ServiceSummary>> {

    @Override
    public Processor<String, ProcessMinute, String, Optional<ServiceSummary>> get() {
      return new ServiceSummaryProcessor(counters);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(Stored.unpacked(ServiceSummaryProcessor.MINUTES, new ServiceMinuteCodec()));
    }
  }

  private record OfLag(LoopLagWatch watch)
      implements ProcessorSupplier<String, ProcessMinute, String, Optional<Alert>> {

    @Override
    public Processor<String, ProcessMinute, String, Optional<Alert>> get() {
      return new LoopLagProcessor(watch);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(Stored.unpacked(LoopLagProcessor.EPISODES, new LagEpisodesCodec()));
    }
  }
}
