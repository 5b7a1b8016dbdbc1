package dev.hognose.profile;

import dev.hognose.alert.Wording;
import dev.hognose.sample.Event;
import dev.hognose.sample.StackProfile;
import java.time.Duration;
import java.time.Instant;

/**
 * The stacks of all threads of a service's processes with one version, sampled in one minute.
 *
 * @param version of the service, empty when unknown
 * @param minute its beginning
 * @param profiles how many a process sent were merged
 * @param samples how often processes were looked at
 * @param window for how long, over all of them
 */
public record ServiceProfile(
    String service,
    String version,
    Instant minute,
    int profiles,
    long samples,
    Duration window,
    StackCounts stacks) {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int LONGEST_VERSION = 200;

  /** What one process sent; it counts in the minute in which the middle of its window lies. */
  public static ServiceProfile of(Event event, StackProfile profile) {
    Instant middle = event.at().minus(profile.window().dividedBy(2));
    StackCounts stacks = StackCounts.received(profile.stacks());
    return new ServiceProfile(
        event.process().service(),
        Wording.legible(event.version(), LONGEST_VERSION),
        middle.minusMillis(Math.floorMod(middle.toEpochMilli(), MINUTE.toMillis())),
        1,
        Integer.toUnsignedLong(profile.samples()),
        profile.window(),
        new StackCounts(stacks.stacks(), stacks.rest(), stacks.cut() || profile.cut()));
  }

  /** With another of the same service; of the first are the version and the minute. */
  public ServiceProfile and(ServiceProfile other) {
    return new ServiceProfile(
        service,
        version,
        minute,
        profiles + other.profiles,
        samples + other.samples,
        window.plus(other.window),
        stacks.and(other.stacks));
  }

  /** The same as part of what is not told apart by version. */
  public ServiceProfile asOther() {
    return new ServiceProfile(
        service, ProfileVersions.OTHERS, minute, profiles, samples, window, stacks);
  }

  /** The same for the same service and minute, and for no others. */
  public String minuteKey() {
    return service + "\n" + minute.toEpochMilli();
  }

  /** The same for the same service, version and minute, and for no others. */
  public String key() {
    return service + "\n" + version + "\n" + minute.toEpochMilli();
  }
}
