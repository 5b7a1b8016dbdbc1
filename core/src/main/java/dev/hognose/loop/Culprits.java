package dev.hognose.loop;

import dev.hognose.sample.Event;
import dev.hognose.sample.LoopBlock;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What is known of a service beside its episodes: how many fingerprints it has, and under which one
 * each block that lasts was told.
 *
 * @param count of the fingerprints that have episodes
 * @param lasting at most {@value #MOST_LASTING}; beyond that the end of a block may be told apart
 *     from its beginning
 */
public record Culprits(String service, int count, SortedMap<BlockId, Fingerprint> lasting) {

  private static final int MOST_LASTING = 1_000;

  public Culprits {
    lasting = Collections.unmodifiableSortedMap(new TreeMap<>(lasting));
  }

  public static Culprits none(String service) {
    return new Culprits(service, 0, new TreeMap<>());
  }

  /**
   * Under which fingerprint the block is told: the one under which it was told before, else its
   * own; once there are too many, the one that all the rest share.
   *
   * @param known whether a fingerprint has episodes
   */
  public Fingerprint of(
      Event event, LoopBlock block, Predicate<Fingerprint> known, LoopBlockPolicy policy) {
    Optional<Fingerprint> before =
        Optional.ofNullable(lasting.get(BlockId.of(event.process(), block.id())));
    Fingerprint own = before.orElseGet(() -> Fingerprint.of(service, block));
    return count < policy.mostCulprits() || known.test(own) ? own : Fingerprint.rest(service);
  }

  /** After the block was told under the fingerprint. */
  public Culprits told(Event event, LoopBlock block, Fingerprint fingerprint) {
    BlockId id = BlockId.of(event.process(), block.id());
    boolean full = lasting.size() >= MOST_LASTING && !lasting.containsKey(id);
    if (block.ended() ? !lasting.containsKey(id) : full) {
      return this;
    }
    TreeMap<BlockId, Fingerprint> changed = new TreeMap<>(lasting);
    if (block.ended()) {
      changed.remove(id);
    } else {
      changed.put(id, fingerprint);
    }
    return new Culprits(service, count, changed);
  }

  public Culprits withOneMore() {
    return new Culprits(service, count + 1, lasting);
  }

  public Culprits withOneLess() {
    return new Culprits(service, Math.max(0, count - 1), lasting);
  }
}
