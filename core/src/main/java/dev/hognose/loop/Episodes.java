package dev.hognose.loop;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The episodes of one fingerprint that blocks may still be added to, earliest first; of more than
 * {@value #MOST} the earliest are forgotten.
 */
public record Episodes(Fingerprint fingerprint, List<Episode> all) {

  private static final int MOST = 8;
  private static final Comparator<Episode> ORDER =
      Comparator.comparing(episode -> episode.extent().from());

  public Episodes {
    all = List.copyOf(all);
  }

  public static Episodes none(Fingerprint fingerprint) {
    return new Episodes(fingerprint, List.of());
  }

  /** With the block in its episode, or nothing when it is known there already. */
  Optional<Episodes> and(Seen seen, LoopBlockPolicy policy) {
    List<Episode> others = new ArrayList<>();
    Optional<Episode> near = Optional.empty();
    for (Episode episode : all) {
      if (episode.extent().isNear(seen.extent(), policy.quiet())) {
        near = Optional.of(near.map(found -> found.and(episode)).orElse(episode));
      } else {
        others.add(episode);
      }
    }
    if (near.filter(found -> found.tally().covers(seen)).isPresent()) {
      return Optional.empty();
    }
    others.add(
        near.map(found -> found.and(seen, policy)).orElseGet(() -> Episode.of(seen, policy)));
    others.sort(ORDER);
    return Optional.of(
        new Episodes(
            fingerprint, others.subList(Math.max(0, others.size() - MOST), others.size())));
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
