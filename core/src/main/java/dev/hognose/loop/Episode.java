package dev.hognose.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Blocks of one fingerprint closer together than the quiet time, from all processes of the service.
 *
 * <p>Everything in it is a sum, a least or a greatest, so that it is the same in whatever order the
 * processes' blocks come; the exceptions are bounds, and say so.
 *
 * @param stacks of the blocks that have ended
 * @param crossedAt when the policy was first crossed, absent while it is not worth telling
 * @param worstMinute the most that one process lost in a minute
 * @param told what was last said about it; several after episodes were found to be one
 * @param changed since then
 */
public record Episode(
    Extent extent,
    Origin origin,
    Worst worst,
    Tally tally,
    MergedStacks stacks,
    Affected affected,
    Optional<Instant> crossedAt,
    Duration worstMinute,
    List<Told> told,
    boolean changed) {

  public Episode {
    told = List.copyOf(told);
  }

  static Episode of(Seen seen, LoopBlockPolicy policy) {
    Tally tally = Tally.NONE.and(seen, policy);
    return new Episode(
        seen.extent(),
        seen.origin(),
        seen.worst(),
        tally,
        seen.endedStacks(),
        Affected.one(seen.id().process()),
        seen.crossedAt(policy.hard()),
        tally.minuteOf(seen, policy).lost(),
        List.of(),
        true);
  }

  Episode and(Seen seen, LoopBlockPolicy policy) {
    Tally counted = tally.and(seen, policy);
    MinuteCost minute = counted.minuteOf(seen, policy);
    return new Episode(
        extent.and(seen.extent()),
        origin.or(seen.origin()),
        worst.or(seen.worst()),
        counted,
        stacks.and(seen.endedStacks()),
        affected.and(Affected.one(seen.id().process())),
        earliest(crossedAt, earliest(minute.crossedAt(), seen.crossedAt(policy.hard()))),
        longest(worstMinute, minute.lost()),
        told,
        true);
  }

  /**
   * Both in one: a block was found that closes the gap between them. What each lost of a minute
   * that both have a part of is one loss.
   */
  Episode and(Episode other, LoopBlockPolicy policy) {
    Tally counted = tally.and(other.tally);
    List<MinuteCost> minutes = counted.minutes(policy);
    return new Episode(
        extent.and(other.extent),
        origin.or(other.origin),
        worst.or(other.worst),
        counted,
        stacks.and(other.stacks),
        affected.and(other.affected),
        minutes.stream()
            .map(MinuteCost::crossedAt)
            .reduce(earliest(crossedAt, other.crossedAt), Episode::earliest),
        minutes.stream()
            .map(MinuteCost::lost)
            .reduce(longest(worstMinute, other.worstMinute), Episode::longest),
        Stream.concat(told.stream(), other.told.stream()).toList(),
        true);
  }

  Episode told(Told last) {
    return with(List.of(last), false);
  }

  /** As if nothing had been said about it. */
  Episode untold() {
    return told.isEmpty() ? this : with(List.of(), true);
  }

  Episode asChanged() {
    return changed ? this : with(told, true);
  }

  private Episode with(List<Told> said, boolean isChanged) {
    return new Episode(
        extent, origin, worst, tally, stacks, affected, crossedAt, worstMinute, said, isChanged);
  }

  /**
   * The share of the loop time of all processes touched, from the first block to the last; absent
   * where there are more of them than are counted.
   */
  OptionalDouble lostShare() {
    Duration span = longest(extent.length(), Duration.ofMinutes(1));
    return affected.isFull()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            tally.lost().toMillis() / ((double) span.toMillis() * affected.count()));
  }

  /** The share that a loop lost of its worst minute; a block outlasts the one it counts in. */
  double worstMinuteShare() {
    return Math.min(1, worstMinute.toMillis() / (double) Duration.ofMinutes(1).toMillis());
  }

  /** When it counts as over. */
  Instant overAt(LoopBlockPolicy policy) {
    return extent.until().plus(policy.quiet());
  }

  private static Optional<Instant> earliest(Optional<Instant> one, Optional<Instant> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isPresent() ? one : other;
    }
    return one.get().isBefore(other.get()) ? one : other;
  }

  private static Duration longest(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
