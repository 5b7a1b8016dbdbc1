package dev.hognose.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What blocks of one process cost it in one minute; a block counts in the minute that it began in.
 *
 * @param crossedAt when the cost passed the policy's share, if it did
 */
record MinuteCost(Duration lost, Optional<Instant> crossedAt) {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  static long minute(Instant at) {
    return Math.floorDiv(at.toEpochMilli(), MINUTE.toMillis());
  }

  static MinuteCost of(Collection<Recent> blocks, LoopBlockPolicy policy) {
    List<Recent> inOrder =
        blocks.stream()
            .sorted(Comparator.comparing(Recent::startedAt).thenComparing(Recent::duration))
            .toList();
    double limit = policy.share() * MINUTE.toMillis();
    Duration lost = Duration.ZERO;
    Optional<Instant> crossedAt = Optional.empty();
    for (int i = 0; i < inOrder.size(); i++) {
      Recent block = inOrder.get(i);
      lost = lost.plus(block.duration());
      boolean costly = i + 1 >= policy.shareBlocks() && lost.toMillis() > limit;
      if (costly && crossedAt.isEmpty()) {
        crossedAt = Optional.of(block.until());
      }
    }
    return new MinuteCost(lost, crossedAt);
  }
}
