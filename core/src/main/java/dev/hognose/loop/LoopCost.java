package dev.hognose.loop;

import java.time.Duration;
import java.time.Instant;

/**
 * What blocks of one loop cost, added up as they began: a moment that two of them claim is lost
 * once.
 *
 * @param until when the latest of them ended
 */
public record LoopCost(long blocks, Duration lost, Instant until) {

  static final LoopCost NONE = new LoopCost(0, Duration.ZERO, Instant.MIN);

  LoopCost and(Recent block) {
    Instant from = block.startedAt().isBefore(until) ? until : block.startedAt();
    return from.isBefore(block.until())
        ? new LoopCost(blocks + 1, lost.plus(Duration.between(from, block.until())), block.until())
        : new LoopCost(blocks + 1, lost, until);
  }

  LoopCost and(LoopCost other) {
    return new LoopCost(
        blocks + other.blocks,
        lost.plus(other.lost),
        until.isAfter(other.until) ? until : other.until);
  }
}
