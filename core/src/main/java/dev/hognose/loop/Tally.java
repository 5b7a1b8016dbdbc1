package dev.hognose.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many blocks there were and what they cost; a block told several times counts once.
 *
 * <p>The last {@value #MOST_RECENT} blocks are known one by one, so that what is told again
 * replaces what was known. Older ones are folded into two sums; what comes about a block as old as
 * those cannot be told apart any more and is not counted.
 *
 * <p>A worker that is killed within a block never tells its end: of the blocks that last, those
 * that began last have their stacks, as many as {@value #MOST_LETTERS} letters hold.
 *
 * @param folded how many are only in the sums
 * @param foldedLost what those cost
 * @param foldedUntil when the latest of those began
 */
public record Tally(
    long folded,
    Duration foldedLost,
    Optional<Instant> foldedUntil,
    SortedMap<BlockId, Recent> recent) {

  static final Tally NONE = new Tally(0, Duration.ZERO, Optional.empty(), new TreeMap<>());
  private static final int MOST_RECENT = 128;
  private static final int MOST_LETTERS = 32_000;
  private static final Comparator<Map.Entry<BlockId, Recent>> EARLIEST =
      Comparator.comparing((Map.Entry<BlockId, Recent> each) -> each.getValue().startedAt())
          .thenComparing(Map.Entry::getKey);

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

  boolean knows(BlockId id) {
    return recent.containsKey(id);
  }

  /** Whether another block claims some of its time. */
  boolean overlaps(Seen seen) {
    return ofProcess(seen.id().process()).entrySet().stream()
        .anyMatch(
            each -> !each.getKey().equals(seen.id()) && each.getValue().overlaps(seen.block()));
  }

  private SortedMap<BlockId, Recent> ofProcess(long process) {
    return recent.subMap(
        new BlockId(process, Long.MIN_VALUE), new BlockId(process, Long.MAX_VALUE));
  }

  /** Whether the block says nothing new here. */
  boolean covers(Seen seen) {
    Recent known = recent.get(seen.id());
    return known == null
        ? foldedUntil.filter(until -> !seen.block().startedAt().isAfter(until)).isPresent()
        : known.covers(seen.block());
  }

  Tally and(Seen seen) {
    SortedMap<BlockId, Recent> more = new TreeMap<>(recent);
    more.merge(seen.id(), seen.block(), Tally::fuller);
    return folded(this, more);
  }

  Tally and(Tally other) {
    SortedMap<BlockId, Recent> more = new TreeMap<>(recent);
    other.recent.forEach((id, block) -> more.merge(id, block, Tally::fuller));
    Tally sums =
        new Tally(
            folded + other.folded,
            foldedLost.plus(other.foldedLost),
            latest(foldedUntil, other.foldedUntil),
            new TreeMap<>());
    return folded(sums, more);
  }

  /** What the block's loop lost in the block's minute. */
  MinuteCost minuteOf(Seen seen, LoopBlockPolicy policy) {
    long minute = MinuteCost.minute(seen.block().startedAt());
    return MinuteCost.of(
        ofProcess(seen.id().process()).values().stream()
            .filter(each -> each.loop().equals(seen.block().loop()))
            .filter(each -> MinuteCost.minute(each.startedAt()) == minute)
            .toList(),
        policy);
  }

  /** What each loop lost in each minute that blocks are known one by one of. */
  List<MinuteCost> minutes(LoopBlockPolicy policy) {
    record Minute(long process, String loop, long number) {}
    return recent.entrySet().stream()
        .collect(
            Collectors.groupingBy(
                each ->
                    new Minute(
                        each.getKey().process(),
                        each.getValue().loop(),
                        MinuteCost.minute(each.getValue().startedAt())),
                LinkedHashMap::new,
                Collectors.mapping(Map.Entry::getValue, Collectors.toList())))
        .values()
        .stream()
        .map(blocks -> MinuteCost.of(blocks, policy))
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

  private static Tally folded(Tally sums, SortedMap<BlockId, Recent> recent) {
    long folded = sums.folded;
    Duration lost = sums.foldedLost;
    Optional<Instant> until = sums.foldedUntil;
    while (recent.size() > MOST_RECENT) {
      Map.Entry<BlockId, Recent> oldest = oldest(recent);
      Duration together = LostTime.of(recent);
      recent.remove(oldest.getKey());
      folded++;
      lost = lost.plus(together.minus(LostTime.of(recent)));
      until = latest(until, Optional.of(oldest.getValue().startedAt()));
    }
    limitStacks(recent);
    return new Tally(folded, lost, until, recent);
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

  private static Map.Entry<BlockId, Recent> oldest(SortedMap<BlockId, Recent> recent) {
    return Collections.min(recent.entrySet(), EARLIEST);
  }

  private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isPresent() ? one : other;
    }
    return one.get().isAfter(other.get()) ? one : other;
  }
}
