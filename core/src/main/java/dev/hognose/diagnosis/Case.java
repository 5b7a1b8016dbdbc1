package dev.hognose.diagnosis;

import dev.hognose.sample.Multiple;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One run of an ailment: sightings closer together than its quiet time, from all processes of the
 * service.
 *
 * @param processes what each shows, by its key; of more than {@value #MOST} the first in order
 * @param told what was last said; several after cases were found to be one
 * @param changed since then
 */
public record Case(SortedMap<String, Presence> processes, List<Told> told, boolean changed) {

  private static final int MOST = 500;

  public Case {
    processes = Collections.unmodifiableSortedMap(new TreeMap<>(processes));
    told = List.copyOf(told);
    if (processes.isEmpty()) {
      throw new IllegalArgumentException("case of no processes: expected 1 or more");
    }
  }

  static Case of(Presence presence) {
    return new Case(new TreeMap<>(Map.of(presence.process().key(), presence)), List.of(), true);
  }

  /** Both in one. */
  Case and(Case other) {
    TreeMap<String, Presence> all = new TreeMap<>(processes);
    other.processes.forEach((key, presence) -> all.merge(key, presence, Presence::and));
    while (all.size() > MOST) {
      all.pollLastEntry();
    }
    return new Case(
        all,
        Stream.concat(told.stream(), other.told.stream()).toList(),
        changed || !all.equals(processes));
  }

  /** Without what a process showed last, or nothing when nothing else is left. */
  Optional<Case> without(Sighting withdrawn) {
    TreeMap<String, Presence> left = new TreeMap<>(processes);
    Optional.ofNullable(left.remove(withdrawn.process().key()))
        .flatMap(presence -> presence.without(withdrawn))
        .ifPresent(presence -> left.put(presence.process().key(), presence));
    return left.isEmpty() ? Optional.empty() : Optional.of(new Case(left, told, true));
  }

  Case told(Told last) {
    return new Case(processes, List.of(last), false);
  }

  /** As if nothing had been said of it. */
  Case untold() {
    return new Case(processes, List.of(), true);
  }

  /** With what was last said under the id, if anything was. */
  Case toldAs(Cases before, Optional<String> id) {
    Optional<Told> last =
        before.all().stream()
            .flatMap(each -> each.told().stream())
            .filter(each -> id.filter(each.id()::equals).isPresent())
            .findFirst();
    Case unchanged = new Case(processes, last.stream().toList(), false);
    boolean isAsBefore = before.all().contains(unchanged);
    return isAsBefore ? unchanged : new Case(processes, unchanged.told, true);
  }

  /** Since when the first of the processes shows it. */
  public Instant from() {
    // Not a stream, nor are the two that follow: each sighting asks for all three several times.
    Instant from = Instant.MAX;
    for (Presence each : processes.values()) {
      from = each.from().isBefore(from) ? each.from() : from;
    }
    return from;
  }

  Instant until() {
    Instant until = Instant.MIN;
    for (Presence each : processes.values()) {
      until = each.until().isAfter(until) ? each.until() : until;
    }
    return until;
  }

  /** When it is over, if nothing more comes. */
  Instant overAt(Duration quiet) {
    Duration beat = Duration.ZERO;
    for (Presence each : processes.values()) {
      beat = each.beat().compareTo(beat) > 0 ? each.beat() : beat;
    }
    Duration beats = Multiple.of(beat, 3);
    return until().plus(beats.compareTo(quiet) > 0 ? beats : quiet);
  }

  /** Whether they overlap, or the gap between them is shorter than the quiet time. */
  boolean isNear(Case other, Duration quiet) {
    return from().isBefore(other.overAt(quiet)) && other.from().isBefore(overAt(quiet));
  }

  /** When so many processes had shown it; nothing while they have not. */
  Optional<Instant> seenBy(int needed) {
    return processes.values().stream().map(Presence::seenAt).sorted().skip(needed - 1L).findFirst();
  }

  /** The process that shows it most. */
  Presence strongest() {
    return processes.values().stream().max(Presence.STRONGEST).orElseThrow();
  }

  /** How many times that passes what is tolerated. */
  public double greatestWeight() {
    return strongest().sign().weight();
  }

  Presence first() {
    return processes.values().stream()
        .min(Comparator.comparing(Presence::seenAt).thenComparing(each -> each.process().key()))
        .orElseThrow();
  }
}
