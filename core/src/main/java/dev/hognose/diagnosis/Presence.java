package dev.hognose.diagnosis;

import dev.hognose.sample.ProcessId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * What one process showed of an ailment without a pause: a least, a greatest and the latest, so
 * that it is the same in whatever order sightings come.
 *
 * @param from since when
 * @param seenAt when it could first be seen
 * @param until when it was last seen
 * @param beat how far apart two sightings are
 * @param sign the latest
 * @param version of the service when it was first seen
 */
public record Presence(
    ProcessId process,
    String version,
    Instant from,
    Instant seenAt,
    Instant until,
    Duration beat,
    Sign sign) {

  private static final Comparator<Presence> LATEST =
      Comparator.comparing(Presence::until)
          .thenComparing(each -> each.sign().weight())
          .thenComparing(each -> each.sign().phrase());

  static final Comparator<Presence> STRONGEST =
      Comparator.<Presence>comparingDouble(each -> each.sign().weight())
          .thenComparing(LATEST)
          .thenComparing(each -> each.process().key());

  static Presence of(Sighting sighting) {
    return new Presence(
        sighting.process(),
        sighting.version(),
        sighting.from(),
        sighting.until(),
        sighting.until(),
        sighting.beat(),
        sighting.sign());
  }

  Presence and(Presence other) {
    Presence latest = LATEST.compare(this, other) >= 0 ? this : other;
    Presence first = seenAt.isAfter(other.seenAt) ? other : this;
    return new Presence(
        process,
        first.version,
        from.isBefore(other.from) ? from : other.from,
        first.seenAt,
        latest.until,
        beat.compareTo(other.beat) >= 0 ? beat : other.beat,
        latest.sign);
  }
}
