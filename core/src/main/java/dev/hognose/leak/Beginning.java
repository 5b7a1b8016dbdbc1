package dev.hognose.leak;

import java.time.Instant;
import java.util.List;

/**
 * When a leak began: widest floors see farthest back, and each finer level that still sees that
 * time says it more exactly.
 *
 * @param levels finest first
 * @param startedAtMs of the process, 0 while unknown
 */
record Beginning(LeakPolicy policy, List<Level> levels, long startedAtMs) {

  Beginning {
    levels = List.copyOf(levels);
  }

  /** Of growth that one level has shown. */
  Instant of(Growth growth, int firedLevel) {
    Instant since = growth.since();
    boolean known = false;
    for (int level = levels.size() - 1; level > firedLevel; level--) {
      if (levels.get(level).hasEnough() && (!known || sees(level, since))) {
        GrowthDetector test = new GrowthDetector(policy, level, levels.get(level).ring());
        since = test.since(growth.where(), startedAtMs);
        known = true;
      }
    }
    return sees(firedLevel, since) ? growth.since() : since;
  }

  /** Whether a level's floors begin before that time. */
  private boolean sees(int level, Instant since) {
    long firstBucket = levels.get(level).ring().buckets()[0] << level;
    return firstBucket < since.toEpochMilli() / policy.bucketMs();
  }
}
