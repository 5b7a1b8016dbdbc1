package dev.hognose.streams;

import dev.hognose.profile.ServiceProfile;
import dev.hognose.sample.Event;
import dev.hognose.sample.StackProfile;
import dev.hognose.wire.EventCodec;
import dev.hognose.wire.ServiceProfileCodec;
import dev.hognose.wire.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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
 * Stack profiles → hognose.profiles: the stacks of a service by version and minute.
 *
 * <p>Key: the service; only stack profiles go through the repartition topic. Stacks of loop blocks
 * stay out: they are taken while a loop does not answer, and so are no fair sample. A minute is
 * told when its processes have had the time to send it, and told again, whole, when one comes late;
 * doubled events end in the intake.
 */
final class ProfileTopology {

  private final MeterRegistry registry;

  ProfileTopology(MeterRegistry registry) {
    this.registry = registry;
  }

  void merge(KStream<byte[], Event> events) {
    events
        .filter((key, event) -> event.what() instanceof StackProfile, Named.as("stack-profiles"))
        .selectKey((key, event) -> event.process().service(), Named.as("stack-profiles-service"))
        .repartition(
            Repartitioned.with(Serdes.String(), new EventCodec().serde())
                .withName("stack-profiles-by-service"))
        .process(new Supplier(counters()), Named.as("profile-merge"))
        .to(
            Topics.PROFILES.name(),
            Produced.with(Topics.PROFILES.key(), Topics.PROFILES.value()).withName("profiles"));
  }

  private OutcomeCounters<ProfileOutcome> counters() {
    return new OutcomeCounters<>(
        ProfileOutcome.class,
        outcome ->
            Counter.builder("hognose.streams.profiles")
                .description("Stack profiles of processes by what became of them")
                .tags("outcome", outcome)
                .register(registry));
  }

  private record Supplier(OutcomeCounters<ProfileOutcome> counters)
      implements ProcessorSupplier<String, Event, String, ServiceProfile> {

    @Override
    public Processor<String, Event, String, ServiceProfile> get() {
      return new ProfileProcessor(counters);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(Stored.unpacked(ProfileProcessor.PROFILES, new ServiceProfileCodec()));
    }
  }
}
