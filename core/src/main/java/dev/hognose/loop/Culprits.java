package dev.hognose.loop;

import dev.hognose.sample.Event;
import dev.hognose.sample.LoopBlock;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What is known of a service beside its episodes: under which fingerprint each block that lasts was
 * told, so that its end is told there, whatever its stacks say by then.
 *
 * @param lasting at most {@value #MOST_LASTING}; beyond that the end of a block may be told apart
 *     from its beginning
 */
public record Culprits(String service, SortedMap<BlockId, Fingerprint> lasting) {

  private static final int MOST_LASTING = 1_000;

  public Culprits {
    lasting = Collections.unmodifiableSortedMap(new TreeMap<>(lasting));
  }

  public static Culprits none(String service) {
    return new Culprits(service, new TreeMap<>());
  }

  /** Under which fingerprint the block is told: the one under which it was told, else its own. */
  public Fingerprint of(Event event, LoopBlock block) {
    return Optional.ofNullable(lasting.get(BlockId.of(event.process(), block.id())))
        .orElseGet(() -> Fingerprint.of(service, block));
  }

  /** After the block was told under the fingerprint. */
  public Culprits told(Event event, LoopBlock block, Fingerprint fingerprint) {
    BlockId id = BlockId.of(event.process(), block.id());
    boolean full = lasting.size() >= MOST_LASTING && !lasting.containsKey(id);
    if (block.ended() ? !lasting.containsKey(id) : full) {
      return this;
    }
    return changed(
        all -> {
          if (block.ended()) {
            all.remove(id);
          } else {
            all.put(id, fingerprint);
          }
          return all;
        });
  }

  /** What was told under the one fingerprint is from now on told under the other. */
  public Culprits moved(Fingerprint from, Fingerprint to) {
    return lasting.containsValue(from)
        ? changed(
            all -> {
              all.replaceAll((id, told) -> told.equals(from) ? to : told);
              return all;
            })
        : this;
  }

  /**
   * Nothing is waited for any more that was told under the fingerprint: processes die in blocks.
   */
  public Culprits without(Fingerprint forgotten) {
    return lasting.containsValue(forgotten)
        ? changed(
            all -> {
              all.values().removeIf(forgotten::equals);
              return all;
            })
        : this;
  }

  private Culprits changed(UnaryOperator<SortedMap<BlockId, Fingerprint>> change) {
    return new Culprits(service, change.apply(new TreeMap<>(lasting)));
  }
}
