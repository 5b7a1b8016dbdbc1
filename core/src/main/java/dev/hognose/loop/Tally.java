package dev.hognose.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many blocks there were and what they cost; a block told several times counts once.
 *
 * <p>{@value #MOST_RECENT} blocks are known one by one, so that what is told again replaces what
 * was known: those that last, as their end is yet to come, and those that began last. The others
 * are folded into sums. Where more last than are known one by one, those that began first are
 * folded, too, and what comes of them later is not added up.
 *
 * <p>A worker that is killed within a block never tells its end: of the blocks that last, those
 * that began last have their stacks, as many as {@value #MOST_LETTERS} letters hold.
 *
 * @param folded how many are only in the sums
 * @param foldedLost what those cost
 * @param foldedLasting when the latest of those began that were folded while they lasted
 * @param minutes what those cost loops by the minute
 */
public record Tally(
    long folded,
    Duration foldedLost,
    Optional<Instant> foldedLasting,
    LoopMinutes minutes,
    SortedMap<BlockId, Recent> recent) {

  static final Tally NONE =
      new Tally(0, Duration.ZERO, Optional.empty(), LoopMinutes.NONE, new TreeMap<>());
  private static final int MOST_RECENT = 128;
  private static final int MOST_LETTERS = 32_000;
  private static final Comparator<Map.Entry<BlockId, Recent>> EARLIEST =
      Comparator.comparing((Map.Entry<BlockId, Recent> each) -> each.getValue().startedAt())
          .thenComparing(Map.Entry::getKey);
  private static final Comparator<Map.Entry<BlockId, Recent>> ENDED_FIRST =
      Comparator.comparing((Map.Entry<BlockId, Recent> each) -> !each.getValue().ended())
          .thenComparing(EARLIEST);

  public Tally {
    recent = Collections.unmodifiableSortedMap(new TreeMap<>(recent));
  }

  long blocks() {
    return folded + recent.size();
  }

  Duration lost() {
    return foldedLost.plus(LostTime.of(recent));
  }

  /** How many have not ended, as far as known. */
  long unended() {
    return recent.values().stream().filter(each -> !each.ended()).count();
  }

  /** Whether the block was told before, as far as is still known. */
  boolean knows(Seen seen, LoopBlockPolicy policy) {
    return recent.containsKey(seen.id()) || isFolded(seen, policy);
  }

  /** Whether the block is in the sums, where it lasted: only they may be told again. */
  private boolean isFolded(Seen seen, LoopBlockPolicy policy) {
    return !recent.containsKey(seen.id())
        && policy.mayBeToldBefore(seen.told())
        && foldedLasting.filter(until -> !seen.block().startedAt().isAfter(until)).isPresent();
  }

  /** Whether another block claims some of its time. */
  boolean overlaps(Seen seen) {
    return ofProcess(seen.id().process()).entrySet().stream()
        .anyMatch(
            each -> !each.getKey().equals(seen.id()) && each.getValue().overlaps(seen.block()));
  }

  private SortedMap<BlockId, Recent> ofProcess(long process) {
    return ofProcess(recent, process);
  }

  private static SortedMap<BlockId, Recent> ofProcess(
      SortedMap<BlockId, Recent> blocks, long process) {
    return blocks.subMap(
        new BlockId(process, Long.MIN_VALUE), new BlockId(process, Long.MAX_VALUE));
  }

  /** Whether the block says nothing new here. */
  boolean covers(Seen seen) {
    Recent known = recent.get(seen.id());
    return known != null && known.covers(seen.block());
  }

  Tally and(Seen seen, LoopBlockPolicy policy) {
    if (isFolded(seen, policy)) {
      return this;
    }
    SortedMap<BlockId, Recent> more = new TreeMap<>(recent);
    more.merge(seen.id(), seen.block(), Tally::fuller);
    return folded(more);
  }

  Tally and(Tally other) {
    SortedMap<BlockId, Recent> more = new TreeMap<>(recent);
    other.recent.forEach((id, block) -> more.merge(id, block, Tally::fuller));
    Tally sums =
        new Tally(
            folded + other.folded,
            foldedLost.plus(other.foldedLost),
            latest(foldedLasting, other.foldedLasting),
            minutes.and(other.minutes),
            new TreeMap<>());
    return sums.folded(more);
  }

  /** What the block's loop lost in the block's minute. */
  MinuteCost minuteOf(Seen seen, LoopBlockPolicy policy) {
    LoopMinute minute = LoopMinute.of(seen.id(), seen.block());
    return MinuteCost.of(
        minutes.of(minute),
        ofProcess(seen.id().process()).entrySet().stream()
            .filter(each -> LoopMinute.of(each.getKey(), each.getValue()).equals(minute))
            .map(Map.Entry::getValue)
            .toList(),
        policy);
  }

  /** What each loop lost in each minute that something is known of. */
  List<MinuteCost> minutes(LoopBlockPolicy policy) {
    Map<LoopMinute, List<Recent>> blocks =
        recent.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    each -> LoopMinute.of(each.getKey(), each.getValue()),
                    TreeMap::new,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    minutes.costs().keySet().forEach(minute -> blocks.putIfAbsent(minute, List.of()));
    return blocks.entrySet().stream()
        .map(each -> MinuteCost.of(minutes.of(each.getKey()), each.getValue(), policy))
        .toList();
  }

  /** Stacks of the blocks that still last. */
  MergedStacks lastingStacks() {
    return recent.values().stream()
        .filter(each -> !each.ended())
        .map(Recent::stacks)
        .reduce(MergedStacks.NONE, MergedStacks::and);
  }

  private static Recent fuller(Recent one, Recent other) {
    return one.covers(other) ? one : other;
  }

  /** These sums with the blocks, of which too many are folded. */
  private Tally folded(SortedMap<BlockId, Recent> blocks) {
    Tally sums = this;
    while (blocks.size() > MOST_RECENT) {
      Map.Entry<BlockId, Recent> first = Collections.min(blocks.entrySet(), ENDED_FIRST);
      sums = sums.folding(first.getKey(), first.getValue(), blocks);
    }
    limitStacks(blocks);
    return new Tally(sums.folded, sums.foldedLost, sums.foldedLasting, sums.minutes, blocks);
  }

  /** Sums with the block, which is taken from the others. */
  private Tally folding(BlockId id, Recent block, SortedMap<BlockId, Recent> others) {
    Duration together = lostOfLoop(id, block, others);
    others.remove(id);
    return new Tally(
        folded + 1,
        foldedLost.plus(together.minus(lostOfLoop(id, block, others))),
        block.ended() ? foldedLasting : latest(foldedLasting, Optional.of(block.startedAt())),
        minutes.and(id, block),
        new TreeMap<>());
  }

  private static Duration lostOfLoop(BlockId id, Recent block, SortedMap<BlockId, Recent> blocks) {
    return LostTime.ofLoop(
        ofProcess(blocks, id.process()).values().stream()
            .filter(each -> each.loop().equals(block.loop()))
            .toList());
  }

  private static void limitStacks(SortedMap<BlockId, Recent> recent) {
    if (letters(recent) <= MOST_LETTERS) {
      return;
    }
    List<Map.Entry<BlockId, Recent>> latest = new ArrayList<>(recent.entrySet());
    latest.sort(EARLIEST.reversed());
    int left = MOST_LETTERS;
    for (Map.Entry<BlockId, Recent> each : latest) {
      left -= each.getValue().stacks().letters();
      if (left < 0) {
        each.setValue(each.getValue().withoutStacks());
      }
    }
  }

  private static int letters(SortedMap<BlockId, Recent> recent) {
    return recent.values().stream().mapToInt(each -> each.stacks().letters()).sum();
  }

  private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isPresent() ? one : other;
    }
    return one.get().isAfter(other.get()) ? one : other;
  }
}
