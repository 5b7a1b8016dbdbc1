package dev.hognose.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The time that loops lost to blocks: a moment that two blocks of one loop claim is lost once. */
final class LostTime {

  private LostTime() {}

  /** Of the loops of several processes. */
  static Duration of(Map<BlockId, Recent> blocks) {
    Map<String, List<Recent>> byLoop =
        blocks.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.getKey().process() + " " + each.getValue().loop(),
                    TreeMap::new,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    return byLoop.values().stream().map(LostTime::ofLoop).reduce(Duration.ZERO, Duration::plus);
  }

  /** Of one loop. */
  static Duration ofLoop(Collection<Recent> blocks) {
    return ofLoop(LoopCost.NONE, blocks, Duration.ofDays(1), Integer.MAX_VALUE).lost();
  }

  /**
   * Of one loop.
   *
   * @param before what other blocks cost it, which began before these
   * @param limit what may be lost
   * @param leastBlocks how many blocks there must be before the limit counts
   */
  static MinuteCost ofLoop(
      LoopCost before, Collection<Recent> blocks, Duration limit, int leastBlocks) {
    LoopCost cost = before;
    Optional<Instant> crossedAt = crossedAt(cost, limit, leastBlocks);
    for (Recent block : inOrder(blocks)) {
      cost = cost.and(block);
      if (crossedAt.isEmpty()) {
        crossedAt = crossedAt(cost, limit, leastBlocks);
      }
    }
    return new MinuteCost(cost.lost(), crossedAt);
  }

  private static List<Recent> inOrder(Collection<Recent> blocks) {
    return blocks.stream()
        .sorted(Comparator.comparing(Recent::startedAt).thenComparing(Recent::duration))
        .toList();
  }

  private static Optional<Instant> crossedAt(LoopCost cost, Duration limit, int leastBlocks) {
    return cost.blocks() >= leastBlocks && cost.lost().compareTo(limit) > 0
        ? Optional.of(cost.until())
        : Optional.empty();
  }
}
