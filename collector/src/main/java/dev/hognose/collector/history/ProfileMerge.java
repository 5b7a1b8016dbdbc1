package dev.hognose.collector.history;

import dev.hognose.profile.ServiceProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Adds up the minutes of a service as they are read; for one thread.
 *
 * <p>A later record of a minute takes the place of an earlier one, for as long as the streams may
 * write one; then the minute is merged and let go, so that a day of minutes needs no more memory
 * than a quarter of an hour.
 */
final class ProfileMerge {

  /** Longer than the streams keep a minute open. */
  private static final Duration OPEN = Duration.ofMinutes(15);

  private static final int MOST_VERSIONS = 100;

  private final ProfileQuery query;
  private final Map<String, ServiceProfile> open = new LinkedHashMap<>();
  private final TreeSet<String> versions = new TreeSet<>();
  private Optional<ServiceProfile> merged = Optional.empty();
  private Instant newest = Instant.MIN;
  private int minutes;

  ProfileMerge(ProfileQuery query) {
    this.query = query;
  }

  void take(ServiceProfile minute) {
    if (minute.minute().isBefore(query.from()) || !minute.minute().isBefore(query.to())) {
      return;
    }
    if (versions.size() < MOST_VERSIONS) {
      versions.add(minute.version());
    }
    if (query.version().map(minute.version()::equals).orElse(true)) {
      open.put(minute.key(), minute);
      if (minute.minute().isAfter(newest)) {
        newest = minute.minute();
        close(newest.minus(OPEN));
      }
    }
  }

  PastProfile end(boolean whole) {
    close(Instant.MAX);
    return new PastProfile(merged, new ArrayList<>(versions), minutes, whole);
  }

  private void close(Instant before) {
    List<ServiceProfile> over =
        open.values().stream().filter(each -> each.minute().isBefore(before)).toList();
    for (ServiceProfile minute : over) {
      open.remove(minute.key());
      merged = Optional.of(merged.map(sum -> sum.and(minute)).orElse(minute));
      minutes++;
    }
  }
}
