package dev.hognose.diagnosis;

import dev.hognose.sample.Multiple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One run of an ailment: sightings closer together than its quiet time, from all processes of the
 * service.
 *
 * @param processes what each shows
 * @param told what was last said; several after cases were found to be one
 * @param changed since then
 */
public record Case(Presences processes, List<Told> told, boolean changed) {

  public Case {
    told = List.copyOf(told);
  }

  static Case of(Presence presence) {
    return new Case(Presences.of(presence), List.of(), true);
  }

  /** Both in one. */
  Case and(Case other) {
    Optional<Presences> more = processes.and(other.processes);
    return new Case(
        more.orElse(processes),
        Stream.concat(told.stream(), other.told.stream()).toList(),
        changed || more.isPresent());
  }

  /** Without what a process showed last, or nothing when nothing else is left. */
  Optional<Case> without(Sighting withdrawn) {
    return processes.without(withdrawn).map(left -> new Case(left, told, true));
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
    return processes.from();
  }

  Instant until() {
    return processes.until();
  }

  /** When it is over, if nothing more comes. */
  Instant overAt(Duration quiet) {
    Duration beats = Multiple.of(processes.beat(), 3);
    return until().plus(beats.compareTo(quiet) > 0 ? beats : quiet);
  }

  /** Whether they overlap, or the gap between them is shorter than the quiet time. */
  boolean isNear(Case other, Duration quiet) {
    return from().isBefore(other.overAt(quiet)) && other.from().isBefore(overAt(quiet));
  }

  /** When so many processes had shown it; nothing while they have not. */
  Optional<Instant> seenBy(int needed) {
    return processes.seenBy(needed);
  }

  /** The process that shows it most. */
  Presence strongest() {
    return processes.strongest();
  }

  /** How many times that passes what is tolerated. */
  public double greatestWeight() {
    return strongest().sign().weight();
  }

  Presence first() {
    return processes.first();
  }
}
