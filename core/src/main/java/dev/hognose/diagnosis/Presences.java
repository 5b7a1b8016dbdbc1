package dev.hognose.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the processes of a case show, one or more of them, in the order of their keys; of more than
 * {@value #MOST} the first. Immutable.
 */
public final class Presences {

  private static final int MOST = 500;

  private final SortedMap<String, Presence> byKey;

  /** Each sighting asks for all of it several times, of cases that may have hundreds of them. */
  private final Sum sum;

  private record Sum(
      Instant from, Instant until, Duration beat, Presence strongest, double weight) {}

  private Presences(SortedMap<String, Presence> byKey) {
    this.byKey = byKey;
    this.sum = added(byKey.values());
  }

  static Presences of(Presence presence) {
    return new Presences(new TreeMap<>(Map.of(presence.process().key(), presence)));
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
    return new Presences(byKey);
  }

  /** Those of both, or nothing when the others add none. */
  Optional<Presences> and(Presences others) {
    TreeMap<String, Presence> all = new TreeMap<>(byKey);
    boolean isSame = true;
    for (Map.Entry<String, Presence> other : others.byKey.entrySet()) {
      Presence both = all.merge(other.getKey(), other.getValue(), Presence::and);
      isSame &= both.equals(byKey.get(other.getKey()));
    }
    if (all.size() > MOST) {
      while (all.size() > MOST) {
        all.pollLastEntry();
      }
      isSame = all.equals(byKey);
    }
    return isSame ? Optional.empty() : Optional.of(new Presences(all));
  }

  /** Without what a process showed last, or nothing when nothing else is left. */
  Optional<Presences> without(Sighting withdrawn) {
    TreeMap<String, Presence> left = new TreeMap<>(byKey);
    Optional.ofNullable(left.remove(withdrawn.process().key()))
        .flatMap(presence -> presence.without(withdrawn))
        .ifPresent(presence -> left.put(presence.process().key(), presence));
    return left.isEmpty() ? Optional.empty() : Optional.of(new Presences(left));
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
    return sum.weight;
  }

  private static Sum added(Collection<Presence> all) {
    Presence strongest = all.iterator().next();
    Instant from = strongest.from();
    Instant until = strongest.until();
    Duration beat = Duration.ZERO;
    double weight = 0;
    for (Presence each : all) {
      from = each.from().isBefore(from) ? each.from() : from;
      until = each.until().isAfter(until) ? each.until() : until;
      beat = each.beat().compareTo(beat) > 0 ? each.beat() : beat;
      strongest = Presence.STRONGEST.compare(each, strongest) > 0 ? each : strongest;
      weight += each.sign().weight();
    }
    return new Sum(from, until, beat, strongest, weight);
  }

  /** When so many had shown it; nothing while they have not. */
  Optional<Instant> seenBy(int needed) {
    PriorityQueue<Instant> earliest = new PriorityQueue<>(Comparator.reverseOrder());
    for (Presence each : byKey.values()) {
      earliest.add(each.seenAt());
      if (earliest.size() > needed) {
        earliest.remove();
      }
    }
    return earliest.size() < needed ? Optional.empty() : Optional.of(earliest.element());
  }

  Presence first() {
    return byKey.values().stream()
        .min(Comparator.comparing(Presence::seenAt).thenComparing(each -> each.process().key()))
        .orElseThrow();
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
