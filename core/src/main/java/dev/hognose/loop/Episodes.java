package dev.hognose.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The episodes of one fingerprint that blocks may still be added to, earliest first; of more than
 * {@value #MOST} the earliest are forgotten.
 */
public record Episodes(Fingerprint fingerprint, List<Episode> all) {

  private static final int MOST = 16;
  private static final Comparator<Episode> ORDER =
      Comparator.comparing(episode -> episode.extent().from());

  public Episodes {
    all = List.copyOf(all);
  }

  public static Episodes none(Fingerprint fingerprint) {
    return new Episodes(fingerprint, List.of());
  }

  /**
   * With the block in its episode, or nothing when it is known there already, or its episode is too
   * old to be kept.
   */
  Optional<Episodes> and(Seen seen, LoopBlockPolicy policy) {
    Predicate<Episode> near = each -> each.extent().isNear(seen.extent(), policy.quiet());
    Optional<Episode> known =
        all.stream().filter(near).reduce((one, other) -> one.and(other, policy));
    if (known.filter(episode -> episode.tally().covers(seen)).isPresent()) {
      return Optional.empty();
    }
    Episode grown =
        known.map(episode -> episode.and(seen, policy)).orElseGet(() -> Episode.of(seen, policy));
    List<Episode> kept =
        Stream.concat(all.stream().filter(near.negate()), Stream.of(grown)).sorted(ORDER).toList();
    List<Episode> latest = kept.subList(Math.max(0, kept.size() - MOST), kept.size());
    return latest.contains(grown)
        ? Optional.of(new Episodes(fingerprint, latest))
        : Optional.empty();
  }

  /** With all that another fingerprint's blocks have cost: it is not known apart any more. */
  Episodes absorb(Episodes other, LoopBlockPolicy policy) {
    List<Episode> joined = all;
    for (Episode episode : other.all) {
      joined = joined(joined, episode.untold(), policy);
    }
    return new Episodes(fingerprint, joined).latest();
  }

  /** Without the earliest, when they are too many. */
  Episodes latest() {
    return all.size() <= MOST
        ? this
        : new Episodes(fingerprint, all.subList(all.size() - MOST, all.size()));
  }

  private static List<Episode> joined(
      List<Episode> episodes, Episode more, LoopBlockPolicy policy) {
    Predicate<Episode> near = each -> each.extent().isNear(more.extent(), policy.quiet());
    Episode whole =
        episodes.stream().filter(near).reduce(more, (one, other) -> one.and(other, policy));
    return Stream.concat(episodes.stream().filter(near.negate()), Stream.of(whole))
        .sorted(ORDER)
        .toList();
  }

  /** Loop time of all of them. */
  Duration lost() {
    return all.stream().map(each -> each.tally().lost()).reduce(Duration.ZERO, Duration::plus);
  }

  long blocks() {
    return all.stream().mapToLong(each -> each.tally().blocks()).sum();
  }

  /** Whether the latest of them crossed the policy. */
  boolean isWorthTelling() {
    return !all.isEmpty() && all.get(all.size() - 1).crossedAt().isPresent();
  }

  /** Whether the block is told in one of them, as far as they still know it. */
  boolean knows(Seen seen, LoopBlockPolicy policy) {
    return all.stream().anyMatch(each -> each.tally().knows(seen, policy));
  }

  boolean overlaps(Seen seen) {
    return all.stream().anyMatch(each -> each.tally().overlaps(seen));
  }

  /** When the first of them began. */
  Instant oldest() {
    return all.stream()
        .map(each -> each.extent().from())
        .min(Comparator.naturalOrder())
        .orElse(Instant.MAX);
  }

  Episodes with(List<Episode> changed) {
    return new Episodes(fingerprint, changed);
  }

  /** The time of the last word on any of them. */
  Instant toldAt() {
    return all.stream()
        .flatMap(each -> each.told().stream())
        .map(Told::updatedAt)
        .max(Instant::compareTo)
        .orElse(Instant.MIN);
  }

  /** The end of the last block that is known. */
  public Instant newest() {
    return all.stream()
        .map(each -> each.extent().until())
        .max(Instant::compareTo)
        .orElse(Instant.MIN);
  }
}
