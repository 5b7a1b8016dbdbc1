package dev.hognose.streams;

import dev.hognose.diagnosis.DiagnosisPolicy;
import dev.hognose.leak.LeakAlertPolicy;
import dev.hognose.leak.LeakWatch;
import dev.hognose.leak.ServiceDetector;
import dev.hognose.limit.LimitWatch;
import dev.hognose.loop.LoopBlockWatch;
import dev.hognose.loop.LoopLagPolicy;
import dev.hognose.loop.LoopLagWatch;
import dev.hognose.sample.Event;
import io.micrometer.core.instrument.MeterRegistry;
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
record StreamsTopology(StreamsSettings settings, IntSupplier tasks, MeterRegistry registry) {

  /**
   * Builds them.
   *
   * @param empty makes a builder that has nothing yet
   */
  Topology build(Function<TopologyConfig, StreamsBuilder> empty) {
    Properties properties = StreamsProperties.of(settings);
    StreamsBuilder builder = empty.apply(new TopologyConfig(new StreamsConfig(properties)));
    IntakeTopology intake = new IntakeTopology(builder, registry);
    KStream<byte[], Heard> samples = intake.samples();
    KStream<byte[], Event> events = intake.events();
    KStream<byte[], Heard> heard = IntakeTopology.heard(samples, events);
    KStream<String, TaskReport> lives =
        new LeakTrendTopology(new LeakWatch(settings.leak(), LeakAlertPolicy.DEFAULT), registry)
            .judge(heard);
    ServiceDetector.beside(settings.leak())
        .ifPresent(detector -> new LeakServiceTopology(detector, tasks, registry).judge(lives));
    new OutOfMemoryTopology(new LimitWatch(settings.limit()), registry).judge(heard);
    new LoopBlockTopology(new LoopBlockWatch(settings.blocks()), registry).judge(events);
    new DiagnosisTopology(DiagnosisPolicy.DEFAULT, registry).judge(heard);
    LoopLagPolicy lag = LoopLagPolicy.DEFAULT.withQuiet(settings.blocks().quiet());
    new ServiceTopology(new LoopLagWatch(lag), registry).judge(samples);
    new ProfileTopology(registry).merge(events);
    return builder.build(properties);
  }
}
