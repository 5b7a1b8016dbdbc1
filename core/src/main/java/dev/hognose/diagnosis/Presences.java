package dev.hognose.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the processes of a case show, one or more of them, in the order of their keys. Immutable.
 *
 * <p>Of more than {@value #MOST} those that mark the beginning and the end of the case, and of the
 * others the first: a case is called by its beginning, and goes on for as long as anybody shows it.
 */
public final class Presences {

  static final int MOST = 500;

  /** Those that showed it first; no diagnosis is told by more of them. */
  private static final int FIRST = 8;

  private static final double UNITS = 1000;

  /** Of one; all of them together are no more than a long holds. */
  private static final double HEAVIEST = 1e12;

  private final SortedMap<String, Presence> byKey;

  private final Sum sum;

  private Presences(SortedMap<String, Presence> byKey, Sum sum) {
    this.byKey = byKey;
    this.sum = sum;
  }

  private static Presences of(SortedMap<String, Presence> byKey) {
    return new Presences(byKey, Sum.of(byKey.values()));
  }

  static Presences of(Presence presence) {
    return of(new TreeMap<>(Map.of(presence.process().key(), presence)));
  }

  /**
   * Of each process one.
   *
   * @throws IllegalArgumentException for none at all
   */
  public static Presences of(Collection<Presence> all) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("case of no processes: expected 1 or more");
    }
    TreeMap<String, Presence> byKey = new TreeMap<>();
    all.forEach(each -> byKey.put(each.process().key(), each));
    return of(byKey);
  }

  /** Those of both, or nothing when the others add none. */
  Optional<Presences> and(Presences others) {
    TreeMap<String, Presence> all = new TreeMap<>(byKey);
    List<Presence> changed = new ArrayList<>();
    for (Presence other : others.byKey.values()) {
      String key = other.process().key();
      Presence both = all.merge(key, other, Presence::and);
      if (!both.equals(byKey.get(key))) {
        changed.add(both);
      }
    }
    if (changed.isEmpty()) {
      return Optional.empty();
    }
    if (all.size() <= MOST) {
      return Optional.of(
          new Presences(all, sumWith(changed).orElseGet(() -> Sum.of(all.values()))));
    }
    dropSurplus(all);
    return all.equals(byKey) ? Optional.empty() : Optional.of(of(all));
  }

  private static void dropSurplus(NavigableMap<String, Presence> all) {
    Set<Presence> ends = ends(all.values());
    Iterator<Presence> last = all.descendingMap().values().iterator();
    while (all.size() > MOST) {
      if (!ends.contains(last.next())) {
        last.remove();
      }
    }
  }

  /** Those that say from when until when it was seen, and by whom first. */
  private static Set<Presence> ends(Collection<Presence> all) {
    Set<Presence> ends = new HashSet<>();
    ends.add(Collections.min(all, Comparator.comparing(Presence::from)));
    ends.add(Collections.max(all, Comparator.comparing(Presence::until)));
    all.stream().sorted(Comparator.comparing(Presence::seenAt)).limit(FIRST).forEach(ends::add);
    return ends;
  }

  /** Without going through all of them, unless the strongest of them has become weaker. */
  private Optional<Sum> sumWith(List<Presence> changed) {
    Sum with = sum;
    for (Presence each : changed) {
      Presence before = byKey.get(each.process().key());
      if (sum.strongest.equals(before) && Presence.STRONGEST.compare(each, before) < 0) {
        return Optional.empty();
      }
      with = with.and(each, before == null ? 0 : thousandths(before));
    }
    return Optional.of(with);
  }

  /** Without what a process showed last, or nothing when nothing else is left. */
  Optional<Presences> without(Sighting withdrawn) {
    TreeMap<String, Presence> left = new TreeMap<>(byKey);
    Optional.ofNullable(left.remove(withdrawn.process().key()))
        .flatMap(presence -> presence.without(withdrawn))
        .ifPresent(presence -> left.put(presence.process().key(), presence));
    return left.isEmpty() ? Optional.empty() : Optional.of(of(left));
  }

  public Collection<Presence> all() {
    return Collections.unmodifiableCollection(byKey.values());
  }

  public int count() {
    return byKey.size();
  }

  /** Since when the first of the processes shows it. */
  Instant from() {
    return sum.from;
  }

  Instant until() {
    return sum.until;
  }

  /** The longest time between two sightings of a process. */
  Duration beat() {
    return sum.beat;
  }

  /** The process that shows it most. */
  Presence strongest() {
    return sum.strongest;
  }

  /** How many times they pass what is tolerated, added up. */
  double weight() {
    return sum.units / UNITS;
  }

  /** When so many had shown it; nothing while they have not. */
  Optional<Instant> seenBy(int needed) {
    if (needed == 1) {
      return Optional.of(sum.seenAt);
    }
    return byKey.values().stream().map(Presence::seenAt).sorted().skip(needed - 1L).findFirst();
  }

  /** Of those that could be seen at the same time the first by its key. */
  Presence first() {
    return byKey.values().stream().min(Comparator.comparing(Presence::seenAt)).orElseThrow();
  }

  /** A weight in thousandths: whole numbers add up to the same in whatever order. */
  private static long thousandths(Presence presence) {
    return Math.round(Math.min(presence.sign().weight(), HEAVIEST) * UNITS);
  }

  /** Each sighting asks for all of it several times, of cases that may have hundreds of them. */
  private record Sum(
      Instant from, Instant seenAt, Instant until, Duration beat, Presence strongest, long units) {

    static Sum of(Collection<Presence> all) {
      Presence first = all.iterator().next();
      Sum sum = new Sum(first.from(), first.seenAt(), first.until(), first.beat(), first, 0);
      for (Presence each : all) {
        sum = sum.and(each, 0);
      }
      return sum;
    }

    /** With one more, or with what has become of one that had weighed so much. */
    Sum and(Presence each, long before) {
      return new Sum(
          each.from().isBefore(from) ? each.from() : from,
          each.seenAt().isBefore(seenAt) ? each.seenAt() : seenAt,
          each.until().isAfter(until) ? each.until() : until,
          each.beat().compareTo(beat) > 0 ? each.beat() : beat,
          Presence.STRONGEST.compare(each, strongest) >= 0 ? each : strongest,
          units - before + thousandths(each));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Presences same && byKey.equals(same.byKey);
  }

  @Override
  public int hashCode() {
    return byKey.hashCode();
  }

  @Override
  public String toString() {
    return byKey.toString();
  }
}
