package dev.hognose.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All fingerprints of a service that are not told apart, as one.
 *
 * <p>Added up anew from what is kept of each, as one of them may be told apart later: so it says
 * the same in whatever order blocks come. What it costs grows with their number, and it is asked
 * for at the end, and whenever they are twice as many blocks as before.
 */
final class Rest {

  private static final int MOST_UNENDED = 128;
  private static final Comparator<Episode> ORDER =
      Comparator.<Episode, Instant>comparing(episode -> episode.extent().from())
          .thenComparing(Episode::origin);

  private final Fingerprint fingerprint;
  private final LoopBlockPolicy policy;

  Rest(Fingerprint fingerprint, LoopBlockPolicy policy) {
    this.fingerprint = fingerprint;
    this.policy = policy;
  }

  /** The sum of them, with what was told of it so far. */
  Episodes of(Episodes before, Collection<Episodes> members) {
    List<Episode> sums = new ArrayList<>();
    List<Episode> near = new ArrayList<>();
    List<Episode> inOrder =
        members.stream().flatMap(each -> each.all().stream()).sorted(ORDER).toList();
    Optional<Extent> extent = Optional.empty();
    for (Episode each : inOrder) {
      if (!extent.map(known -> known.isNear(each.extent(), policy.quiet())).orElse(true)) {
        sums.add(sum(near));
        near.clear();
        extent = Optional.empty();
      }
      near.add(each);
      extent = Optional.of(extent.map(known -> known.and(each.extent())).orElse(each.extent()));
    }
    if (!near.isEmpty()) {
      sums.add(sum(near));
    }
    return new Episodes(fingerprint, sums.stream().map(sum -> told(sum, before)).toList()).latest();
  }

  private Episode sum(List<Episode> near) {
    Tally tally = tally(near);
    List<MinuteCost> minutes = tally.minutes(policy);
    Episode first = near.get(0);
    return new Episode(
        near.stream().map(Episode::extent).reduce(first.extent(), Extent::and),
        near.stream().map(Episode::origin).reduce(first.origin(), Origin::or),
        near.stream().map(Episode::worst).reduce(first.worst(), Worst::or),
        compact(tally),
        stacks(near),
        near.stream().map(Episode::affected).reduce(first.affected(), Affected::and),
        Stream.concat(
                near.stream().flatMap(each -> each.crossedAt().stream()),
                minutes.stream().flatMap(minute -> minute.crossedAt().stream()))
            .min(Comparator.naturalOrder()),
        Stream.concat(
                near.stream().map(Episode::worstMinute), minutes.stream().map(MinuteCost::lost))
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO),
        List.of(),
        true);
  }

  /** All blocks that are known one by one, however many: it is not kept. */
  private static Tally tally(List<Episode> near) {
    SortedMap<BlockId, Recent> recent = new TreeMap<>();
    near.forEach(each -> recent.putAll(each.tally().recent()));
    return new Tally(
        near.stream().mapToLong(each -> each.tally().folded()).sum(),
        near.stream().map(each -> each.tally().foldedLost()).reduce(Duration.ZERO, Duration::plus),
        near.stream()
            .flatMap(each -> each.tally().foldedLasting().stream())
            .max(Comparator.naturalOrder()),
        near.stream()
            .map(each -> each.tally().minutes())
            .reduce(LoopMinutes.NONE, LoopMinutes::and),
        recent);
  }

  /** Two sums, and of the blocks only those that still last. */
  private static Tally compact(Tally whole) {
    SortedMap<BlockId, Recent> unended = new TreeMap<>();
    whole.recent().entrySet().stream()
        .filter(each -> !each.getValue().ended())
        .limit(MOST_UNENDED)
        .forEach(each -> unended.put(each.getKey(), each.getValue()));
    return new Tally(
        whole.blocks() - unended.size(),
        whole.lost().minus(LostTime.of(unended)),
        whole.foldedLasting(),
        LoopMinutes.NONE,
        unended);
  }

  private static MergedStacks stacks(List<Episode> near) {
    return MergedStacks.NONE.and(
        new MergedStacks(near.stream().flatMap(each -> each.stacks().stacks().stream()).toList()));
  }

  /** With what was told under the same id; changed when that said something else. */
  private Episode told(Episode sum, Episodes before) {
    Map<String, Told> known = new TreeMap<>();
    before.all().stream().flatMap(each -> each.told().stream()).forEach(t -> known.put(t.id(), t));
    Optional<Told> last =
        Telling.id(policy, fingerprint, sum).flatMap(id -> Optional.ofNullable(known.get(id)));
    Episode unchanged = last.map(sum::told).orElse(sum);
    return before.all().contains(unchanged) ? unchanged : unchanged.asChanged();
  }
}
