package dev.hognose.diagnosis;

import dev.hognose.sample.ProcessId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

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
 * @param before until when it was seen but for the latest sighting; present while that is of one
 *     moment, as a silence is that a timer told and a late sample may take back
 */
public record Presence(
    ProcessId process,
    String version,
    Instant from,
    Instant seenAt,
    Instant until,
    Duration beat,
    Sign sign,
    Optional<Instant> before) {

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
        sighting.sign(),
        Optional.empty());
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
        latest.sign,
        beforeTheLast(this, other));
  }

  private static Optional<Instant> beforeTheLast(Presence one, Presence other) {
    int order = one.until.compareTo(other.until);
    if (order > 0) {
      return beforeTheLast(other, one);
    }
    boolean isOfAMoment = other.endsInAMoment() && (order < 0 || one.endsInAMoment());
    Stream<Instant> ends =
        order < 0
            ? Stream.of(Optional.of(one.until), other.before).flatMap(Optional::stream)
            : Stream.of(one.before, other.before).flatMap(Optional::stream);
    return isOfAMoment ? ends.max(Comparator.naturalOrder()) : Optional.empty();
  }

  private boolean endsInAMoment() {
    return before.isPresent() || from.equals(until);
  }

  /** Without what was seen of it last, if it was seen before; else nothing is left. */
  Optional<Presence> without(Sighting last) {
    if (from.equals(last.from())) {
      return Optional.empty();
    }
    Instant left = until.equals(last.until()) ? before.orElse(until) : until;
    return Optional.of(
        new Presence(process, version, from, seenAt, left, beat, sign, Optional.empty()));
  }
}
