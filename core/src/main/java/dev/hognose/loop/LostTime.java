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
    return byLoop.values().stream()
        .map(ofLoop -> ofLoop(ofLoop, Duration.ofDays(1), Integer.MAX_VALUE).lost())
        .reduce(Duration.ZERO, Duration::plus);
  }

  /**
   * Of one loop.
   *
   * @param limit what may be lost
   * @param leastBlocks how many blocks there must be before the limit counts
   */
  static MinuteCost ofLoop(Collection<Recent> blocks, Duration limit, int leastBlocks) {
    List<Recent> inOrder =
        blocks.stream()
            .sorted(Comparator.comparing(Recent::startedAt).thenComparing(Recent::duration))
            .toList();
    Duration lost = Duration.ZERO;
    Instant until = Instant.MIN;
    Optional<Instant> crossedAt = Optional.empty();
    for (int i = 0; i < inOrder.size(); i++) {
      Recent block = inOrder.get(i);
      Instant from = block.startedAt().isBefore(until) ? until : block.startedAt();
      if (from.isBefore(block.until())) {
        lost = lost.plus(Duration.between(from, block.until()));
        until = block.until();
      }
      boolean costly = i + 1 >= leastBlocks && lost.compareTo(limit) > 0;
      if (costly && crossedAt.isEmpty()) {
        crossedAt = Optional.of(until);
      }
    }
    return new MinuteCost(lost, crossedAt);
  }
}
