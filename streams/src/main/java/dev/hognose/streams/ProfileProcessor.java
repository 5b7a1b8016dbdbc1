package dev.hognose.streams;

import dev.hognose.profile.ServiceProfile;
import dev.hognose.sample.Event;
import dev.hognose.sample.StackProfile;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Merges the stacks of a service's processes, by version and minute. Key out: the service. */
final class ProfileProcessor implements Processor<String, Event, String, ServiceProfile> {

  static final String PROFILES = "service-profiles";

  private static final Duration BEAT = Duration.ofSeconds(1);

  /** A minute, as agents send their windows at any time of it, and some more. */
  private static final Duration PATIENCE = Duration.ofSeconds(75);

  /** How long a profile may come late and still be merged. */
  private static final Duration KEEP = Duration.ofMinutes(10);

  private final OutcomeCounters<ProfileOutcome> counters;
  private final Deadlines telling = new Deadlines();
  private final Deadlines forgetting = new Deadlines();
  private ProcessorContext<String, ServiceProfile> context;
  private KeyValueStore<String, ServiceProfile> profiles;

  @SuppressWarnings("NullAway.Init")
  ProfileProcessor(OutcomeCounters<ProfileOutcome> counters) {
    this.counters = counters;
  }

  @Override
  public void init(ProcessorContext<String, ServiceProfile> context) {
    this.context = context;
    profiles = context.getStateStore(PROFILES);
    long nowMs = context.currentSystemTimeMs();
    try (KeyValueIterator<String, ServiceProfile> known = profiles.all()) {
      known.forEachRemaining(each -> await(each.key, nowMs));
    }
    context.schedule(BEAT, PunctuationType.WALL_CLOCK_TIME, this::look);
  }

  @Override
  public void process(Record<String, Event> record) {
    if (record.value().what() instanceof StackProfile profile) {
      take(ServiceProfile.of(record.value(), profile));
    }
  }

  private void take(ServiceProfile more) {
    if (more.stacks().seen() == 0) {
      counters.count(ProfileOutcome.EMPTY);
      return;
    }
    counters.count(more.stacks().cut() ? ProfileOutcome.CUT : ProfileOutcome.MERGED);
    Optional<ServiceProfile> known = Optional.ofNullable(profiles.get(more.key()));
    profiles.put(more.key(), known.map(sum -> sum.and(more)).orElse(more));
    await(more.key(), context.currentSystemTimeMs());
  }

  private void await(String key, long nowMs) {
    telling.setIfNone(key, nowMs, PATIENCE);
    forgetting.set(key, nowMs, KEEP);
  }

  private void look(long nowMs) {
    for (String key : telling.takeDue(nowMs)) {
      ServiceProfile profile = profiles.get(key);
      context.forward(OutputRecord.of(profile.service(), profile, profile.minute()));
    }
    forgetting.takeDue(nowMs).forEach(profiles::delete);
  }
}
