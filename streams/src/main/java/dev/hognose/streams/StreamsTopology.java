package dev.hognose.streams;

import dev.hognose.leak.LeakWatch;
import dev.hognose.leak.ServiceDetector;
import dev.hognose.leak.ServicePolicy;
import dev.hognose.limit.LimitWatch;
import dev.hognose.loop.LoopBlockWatch;
import dev.hognose.loop.LoopLagWatch;
import dev.hognose.sample.Event;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.KStream;

/**
 * The table of contents of this application: all topologies, over sources that they share.
 *
 * @param tasks that read samples: the partitions of their topic, asked for when the streams run
 */
record StreamsTopology(
    StreamsSettings settings, Policies policies, IntSupplier tasks, MeterRegistry registry) {

  /**
   * Builds them.
   *
   * @param empty makes a builder that has nothing yet
   */
  Topology build(Function<TopologyConfig, StreamsBuilder> empty) {
    Properties properties = StreamsProperties.of(settings);
    StreamsBuilder builder = empty.apply(new TopologyConfig(new StreamsConfig(properties)));
    PromptOutputs prompt = new PromptOutputs(new CommitPace());
    IntakeTopology intake = new IntakeTopology(builder, registry, prompt);
    KStream<byte[], Heard> samples = intake.samples();
    KStream<byte[], Event> events = intake.events();
    KStream<byte[], Heard> heard = intake.heard(samples, events);
    Optional<ServicePolicy> service =
        ServiceDetector.beside(policies.leak()).map(beside -> policies.leakService());
    LeakWatch leaks = new LeakWatch(policies.leak(), policies.leakAlert(), service);
    KStream<String, TaskReport> lives = new LeakTrendTopology(leaks, registry, prompt).judge(heard);
    service
        .map(ServiceDetector::new)
        .ifPresent(detector -> new LeakServiceTopology(detector, tasks, registry).judge(lives));
    LimitWatch limits = new LimitWatch(policies.limit());
    new OutOfMemoryTopology(limits, registry, prompt).judge(heard);
    new LoopBlockTopology(new LoopBlockWatch(policies.block()), registry, prompt).judge(events);
    new DiagnosisTopology(policies.diagnosis(), limits, registry, prompt).judge(heard);
    new ServiceTopology(new LoopLagWatch(policies.lag()), registry, prompt).judge(samples);
    new ProfileTopology(registry).merge(events);
    return builder.build(properties);
  }
}
