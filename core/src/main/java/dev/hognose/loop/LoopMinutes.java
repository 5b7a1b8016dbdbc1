package dev.hognose.loop;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What blocks cost loops by the minute, of blocks that are not known one by one any more.
 *
 * <p>Of a minute those {@value #MOST_LOOPS} loops with the lowest digests, so that the order in
 * which processes come makes no difference; of all minutes the latest {@value #MOST} sums: those of
 * two minutes of a large service, and of many minutes of a small one.
 */
public record LoopMinutes(SortedMap<LoopMinute, LoopCost> costs) {

  static final LoopMinutes NONE = new LoopMinutes(new TreeMap<>());
  private static final int MOST_LOOPS = 128;
  private static final int MOST = 2 * MOST_LOOPS;

  public LoopMinutes {
    costs = Collections.unmodifiableSortedMap(new TreeMap<>(costs));
  }

  LoopCost of(LoopMinute minute) {
    return costs.getOrDefault(minute, LoopCost.NONE);
  }

  LoopMinutes and(BlockId id, Recent block) {
    LoopMinute minute = LoopMinute.of(id, block);
    SortedMap<LoopMinute, LoopCost> more = new TreeMap<>(costs);
    more.put(minute, of(minute).and(block));
    return new LoopMinutes(bounded(more, minute.number()));
  }

  LoopMinutes and(LoopMinutes other) {
    if (other.costs.isEmpty()) {
      return this;
    }
    TreeMap<LoopMinute, LoopCost> all = new TreeMap<>(costs);
    for (Map.Entry<LoopMinute, LoopCost> each : other.costs.entrySet()) {
      all.merge(each.getKey(), each.getValue(), LoopCost::and);
      bounded(all, each.getKey().number());
    }
    return new LoopMinutes(all);
  }

  private static SortedMap<LoopMinute, LoopCost> bounded(
      SortedMap<LoopMinute, LoopCost> costs, long minute) {
    SortedMap<LoopMinute, LoopCost> ofMinute =
        costs.subMap(
            new LoopMinute(minute, Long.MIN_VALUE), new LoopMinute(minute + 1, Long.MIN_VALUE));
    if (ofMinute.size() > MOST_LOOPS) {
      costs.remove(ofMinute.lastKey());
    }
    if (costs.size() > MOST) {
      costs.remove(costs.firstKey());
    }
    return costs;
  }
}
