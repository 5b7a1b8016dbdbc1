package dev.hognose.streams;

import dev.hognose.alert.Alert;
import dev.hognose.diagnosis.CaseWatch;
import dev.hognose.diagnosis.DiagnosisPolicy;
import dev.hognose.diagnosis.ProcessStep;
import dev.hognose.diagnosis.ProcessWatch;
import dev.hognose.diagnosis.Sighting;
import dev.hognose.limit.LimitWatch;
import dev.hognose.wire.Topics;
import dev.hognose.wire.state.ProcessStateCodec;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Samples, and events about what is wrong → hognose.alerts: one alert a service, diagnosis and
 * culprit.
 *
 * <p>Key: the process, then the service; only what a process shows of an illness goes through the
 * repartition topic. A window of a process's time is judged when its next one begins, by the
 * earliest sample of each; late ones of older windows and doubled ones change nothing. An alert
 * resolves when no process has shown it for the quiet time. A process that says nothing is told by
 * a timer, in event time, unless the limit's judge tells its kill.
 */
final class DiagnosisTopology {

  private final DiagnosisPolicy policy;
  private final LimitWatch limits;
  private final MeterRegistry registry;
  private final PromptOutputs prompt;

  DiagnosisTopology(
      DiagnosisPolicy policy, LimitWatch limits, MeterRegistry registry, PromptOutputs prompt) {
    this.policy = policy;
    this.limits = limits;
    this.registry = registry;
    this.prompt = prompt;
  }

  void judge(KStream<byte[], Heard> heard) {
    heard
        .process(
            new OfProcesses(new ProcessWatch(policy), limits, counters(), prompt),
            Named.as("diagnosis-sightings"),
            KnownProcess.STORE)
        .repartition(
            Repartitioned.with(Serdes.String(), StateFormat.in("diagnosis-by-service", sightings()))
                .withName("diagnosis-by-service"))
        .process(new OfServices(new CaseWatch(policy)), Named.as("diagnosis-judge"))
        .processValues(prompt.alerts(), Named.as("diagnosis-promptly"))
        .mapValues(alert -> alert.orElse(null), Named.as("diagnosis-told"))
        .to(
            Topics.ALERTS.name(),
            Produced.with(Topics.ALERTS.key(), Topics.ALERTS.value()).withName("diagnosis-alerts"));
  }

  static Serde<Sighting> sightings() {
    return new PackedCodec<Sighting>(
            (out, sighting) -> sighting.pack(out), (what, in) -> Sighting.unpack(in))
        .serde("a sighting");
  }

  /** What became of each sample: applied = judged + kept + within + stale + set_back. */
  private OutcomeCounters<ProcessStep.Outcome> counters() {
    return new OutcomeCounters<>(
        ProcessStep.Outcome.class,
        outcome ->
            Counter.builder("hognose.streams.diagnosis.samples")
                .description("Samples by what the diagnoses made of them")
                .tags("outcome", outcome)
                .register(registry));
  }

  private record OfProcesses(
      ProcessWatch watch,
      LimitWatch limits,
      OutcomeCounters<ProcessStep.Outcome> counters,
      PromptOutputs prompt)
      implements ProcessorSupplier<byte[], Heard, String, Sighting> {

    @Override
    public Processor<byte[], Heard, String, Sighting> get() {
      return new SightingProcessor(watch, limits, counters, prompt);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(Stored.unpacked(SightingProcessor.PROCESSES, new ProcessStateCodec()));
    }
  }

  private record OfServices(CaseWatch watch)
      implements ProcessorSupplier<String, Sighting, String, Optional<Alert>> {

    @Override
    public Processor<String, Sighting, String, Optional<Alert>> get() {
      return new CaseProcessor(watch);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(Stored.unpacked(CaseProcessor.CASES, StoredCases.codec()));
    }
  }
}
