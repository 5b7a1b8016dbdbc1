package dev.hognose.loop;

import dev.hognose.sample.LoopBlock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The fingerprints that are told apart, by service and by what they have cost: who has to make room
 * when there are too many.
 *
 * <p>An index over all {@link Episodes} that are kept, and nothing more than those say: a task that
 * starts builds it anew. Not for several threads.
 */
public final class Ranking {

  private final Map<String, TreeSet<Rank>> byService = new HashMap<>();
  private final Map<String, Rank> byKey = new HashMap<>();

  /** Takes over what is now known of a fingerprint. */
  public void put(Episodes episodes) {
    if (episodes.fingerprint().kind() == Fingerprint.Kind.REST) {
      return;
    }
    remove(episodes.fingerprint());
    Rank rank = Rank.of(episodes);
    byKey.put(rank.key(), rank);
    byService
        .computeIfAbsent(episodes.fingerprint().service(), service -> new TreeSet<>())
        .add(rank);
  }

  public void remove(Fingerprint fingerprint) {
    Rank known = byKey.remove(fingerprint.key());
    TreeSet<Rank> ranks = byService.get(fingerprint.service());
    if (known != null && ranks != null) {
      ranks.remove(known);
      if (ranks.isEmpty()) {
        byService.remove(fingerprint.service());
      }
    }
  }

  /** Whether a block of the fingerprint is told apart without anybody having to make room. */
  public boolean hasRoom(Fingerprint fingerprint, LoopBlockPolicy policy) {
    TreeSet<Rank> ranks = byService.get(fingerprint.service());
    return fingerprint.kind() == Fingerprint.Kind.REST
        || byKey.containsKey(fingerprint.key())
        || ranks == null
        || ranks.size() < policy.mostCulprits();
  }

  /**
   * The key of the fingerprint that cost the least, when the block alone has cost more; nothing
   * when the block belongs to the rest.
   */
  public Optional<String> outranked(Fingerprint fingerprint, LoopBlock block) {
    return Optional.ofNullable(byService.get(fingerprint.service()))
        .map(TreeSet::first)
        .filter(least -> least.lost().compareTo(block.duration()) < 0)
        .map(Rank::key);
  }
}
