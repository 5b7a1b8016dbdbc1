package dev.hognose.streams;

import dev.hognose.profile.ProfilePolicy;
import dev.hognose.profile.ProfileVersions;
import dev.hognose.profile.ServiceProfile;
import dev.hognose.sample.Event;
import dev.hognose.sample.StackProfile;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Merges the stacks of a service's processes, by version and minute. Key out: the service.
 *
 * <p>A minute is told whole, so that who is told apart does not depend on which version came first.
 * One that was told apart and is outdone by a later one stays where readers have it.
 */
final class ProfileProcessor implements Processor<String, Event, String, ServiceProfile> {

  static final String PROFILES = "service-profiles";

  private static final Duration BEAT = Duration.ofSeconds(1);

  /** A minute, as agents send their windows at any time of it, and some more. */
  private static final Duration PATIENCE = Duration.ofSeconds(75);

  /** How long a profile may come late and still be merged. */
  private static final Duration KEEP = Duration.ofMinutes(10);

  private final ProfileVersions versions = new ProfileVersions(ProfilePolicy.DEFAULT);
  private final OutcomeCounters<ProfileOutcome> counters;

  /** Keys of the store by service and minute. */
  private final Map<String, SortedSet<String>> minutes = new HashMap<>();

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
    // A task whose transaction was aborted begins again with the same processor.
    minutes.clear();
    long nowMs = context.currentSystemTimeMs();
    try (KeyValueIterator<String, ServiceProfile> known = profiles.all()) {
      known.forEachRemaining(each -> await(each.value, nowMs));
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
    merge(more);
    versions.surplus(ofMinute(more.minuteKey())).ifPresent(this::mergeIntoOthers);
  }

  private void merge(ServiceProfile more) {
    Optional<ServiceProfile> known = Optional.ofNullable(profiles.get(more.key()));
    profiles.put(more.key(), known.map(sum -> sum.and(more)).orElse(more));
    await(more, context.currentSystemTimeMs());
  }

  private void mergeIntoOthers(ServiceProfile least) {
    minutes.getOrDefault(least.minuteKey(), new TreeSet<>()).remove(least.key());
    profiles.delete(least.key());
    merge(least.asOther());
  }

  private void await(ServiceProfile profile, long nowMs) {
    String minute = profile.minuteKey();
    minutes.computeIfAbsent(minute, each -> new TreeSet<>()).add(profile.key());
    telling.setIfNone(minute, nowMs, PATIENCE);
    forgetting.set(minute, nowMs, KEEP);
  }

  private List<ServiceProfile> ofMinute(String minute) {
    return minutes.getOrDefault(minute, new TreeSet<>()).stream().map(profiles::get).toList();
  }

  private void look(long nowMs) {
    telling.takeDue(nowMs, this::tell);
    forgetting.takeDue(nowMs, this::forget);
  }

  private void tell(String minute) {
    for (ServiceProfile profile : versions.told(ofMinute(minute))) {
      context.forward(OutputRecord.of(profile.service(), profile, profile.minute()));
    }
  }

  private void forget(String minute) {
    Optional.ofNullable(minutes.remove(minute)).ifPresent(keys -> keys.forEach(profiles::delete));
  }
}
