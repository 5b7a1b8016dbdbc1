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

  /**
   * With what another fingerprint's blocks have cost so far: there is no room any more to tell it
   * apart. What was told as over stays told.
   */
  Episodes absorb(Episodes other, LoopBlockPolicy policy) {
    List<Episode> joined = all;
    for (Episode episode : other.all) {
      if (!episode.isToldAsOver()) {
        joined = joined(joined, episode, policy);
      }
    }
    return new Episodes(
        fingerprint, joined.subList(Math.max(0, joined.size() - MOST), joined.size()));
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

  /** Whether the block is told in one of them, as far as they still know it. */
  boolean knows(BlockId id) {
    return all.stream().anyMatch(each -> each.tally().knows(id));
  }

  boolean overlaps(Seen seen) {
    return all.stream().anyMatch(each -> each.tally().overlaps(seen));
  }

  Episodes with(List<Episode> changed) {
    return new Episodes(fingerprint, changed);
  }

  /** The end of the last block that is known. */
  Instant newest() {
    return all.stream()
        .map(each -> each.extent().until())
        .max(Instant::compareTo)
        .orElse(Instant.MIN);
  }
}
