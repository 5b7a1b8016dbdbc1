package dev.hognose.loop;

import dev.hognose.sample.LoopBlock;
import java.time.Duration;

/**
 * The numbers that decide which loop blocks are told, and for how long.
 *
 * @param hard one block this long is told, while it still lasts
 * @param share of a minute's loop time; an episode that costs one process more is told
 * @param shareBlocks how many blocks that must be in that minute: one alone is {@code hard}'s to
 *     judge
 * @param quiet without a block this long an episode is over
 * @param mostCulprits fingerprints of a service that are told apart, those that cost most; the rest
 *     is counted as one
 */
public record LoopBlockPolicy(
    Duration hard, double share, int shareBlocks, Duration quiet, int mostCulprits) {

  /** A block as many times as long as {@code hard} stops a service rather than slows it. */
  private static final int CRITICAL = 10;

  /** Whoever may yet be one of those that cost most has to be known: for each that is told. */
  private static final int KNOWN = 16;

  public static final LoopBlockPolicy DEFAULT =
      new LoopBlockPolicy(Duration.ofSeconds(1), 0.01, 2, Duration.ofMinutes(10), 1_000);

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

  /** One block this long stops a service rather than slows it. */
  Duration critical() {
    return hard.multipliedBy(CRITICAL);
  }

  boolean isCritical(Duration block) {
    return block.compareTo(critical()) >= 0;
  }

  /**
   * A block this long is told while it still lasts. A loop that looks starved for now may turn out
   * to compute when it has had a processor for longer, and then has a line to mend: before it is
   * critical, nothing is said of it until it has ended.
   */
  Duration toldFrom(LoopBlock.Cause cause) {
    return cause == LoopBlock.Cause.STARVED ? critical() : hard;
  }

  /** Whether a word on a block may be another than the first: it was told while it lasted. */
  boolean mayBeToldBefore(LoopBlock block) {
    return block.duration().compareTo(block.ended() ? hard : critical()) >= 0;
  }

  /** Fingerprints of a service that are known apart; beyond that only a sum is. */
  int mostKnown() {
    return KNOWN * mostCulprits;
  }

  public LoopBlockPolicy withHard(Duration other) {
    return new LoopBlockPolicy(other, share, shareBlocks, quiet, mostCulprits);
  }

  public LoopBlockPolicy withQuiet(Duration other) {
    return new LoopBlockPolicy(hard, share, shareBlocks, other, mostCulprits);
  }
}
