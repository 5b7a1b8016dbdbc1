package dev.hognose.loop;

import java.time.Duration;

/**
 * The numbers that decide which loop blocks are told, and for how long.
 *
 * @param hard one block this long is told, while it still lasts
 * @param share of a minute's loop time; an episode that costs one process more is told
 * @param shareBlocks how many blocks that must be in that minute: one alone is {@code hard}'s to
 *     judge
 * @param quiet without a block this long an episode is over
 * @param mostCulprits fingerprints of a service that are told apart; the rest is counted as one
 */
public record LoopBlockPolicy(
    Duration hard, double share, int shareBlocks, Duration quiet, int mostCulprits) {

  public static final LoopBlockPolicy DEFAULT =
      new LoopBlockPolicy(Duration.ofSeconds(1), 0.01, 3, Duration.ofMinutes(10), 1_000);

  public LoopBlockPolicy {
    if (hard.isNegative() || hard.isZero()) {
      throw new IllegalArgumentException("hard=" + hard + ": expected longer than 0");
    }
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share=" + share + ": expected above 0, at most 1");
    }
    if (shareBlocks < 1) {
      throw new IllegalArgumentException("shareBlocks=" + shareBlocks + ": expected 1 or more");
    }
    if (quiet.toMillis() < 1) {
      throw new IllegalArgumentException("quiet=" + quiet + ": expected 1 ms or longer");
    }
    if (mostCulprits < 1) {
      throw new IllegalArgumentException("mostCulprits=" + mostCulprits + ": expected 1 or more");
    }
  }

  public LoopBlockPolicy withHard(Duration other) {
    return new LoopBlockPolicy(other, share, shareBlocks, quiet, mostCulprits);
  }

  public LoopBlockPolicy withQuiet(Duration other) {
    return new LoopBlockPolicy(hard, share, shareBlocks, other, mostCulprits);
  }
}
