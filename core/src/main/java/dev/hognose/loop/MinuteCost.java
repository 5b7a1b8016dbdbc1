package dev.hognose.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * What blocks cost one loop in one minute; a block counts in the minute that it began in.
 *
 * @param crossedAt when the cost passed the policy's share, if it did
 */
record MinuteCost(Duration lost, Optional<Instant> crossedAt) {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  static long minute(Instant at) {
    return Math.floorDiv(at.toEpochMilli(), MINUTE.toMillis());
  }

  static Instant begin(long minute) {
    return Instant.ofEpochMilli(minute * MINUTE.toMillis());
  }

  /**
   * Of one loop.
   *
   * @param before what other blocks cost it in that minute, which began before these
   */
  static MinuteCost of(LoopCost before, Collection<Recent> blocks, LoopBlockPolicy policy) {
    Duration limit = Duration.ofNanos(Math.round(policy.share() * MINUTE.toNanos()));
    return LostTime.ofLoop(before, blocks, limit, policy.shareBlocks());
  }
}
