package dev.hognose.diagnosis;

import dev.hognose.alert.AlertId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is to be said about a case.
 *
 * @param id of the alert; two cases of an ailment are never within one quiet time, so that the
 *     quiet time's slot in which it fired names it, however its processes are read
 * @param resolvedAt absent while it goes on
 */
record Telling(String id, Case about, Instant firedAt, Optional<Instant> resolvedAt) {

  /** How much more of anything is worth saying. */
  private static final int MARKED = 2;

  /** Nothing of a case that too few processes show, or that would be told as it was. */
  static Optional<Telling> due(Ailment ailment, Case about, DiagnosisPolicy policy, Instant now) {
    Duration quiet = policy.quiet(ailment.kind());
    Instant overAt = about.overAt(quiet);
    Optional<Instant> resolvedAt = overAt.isAfter(now) ? Optional.empty() : Optional.of(overAt);
    return about
        .seenBy(policy.needed(ailment.kind()))
        .map(firedAt -> new Telling(id(ailment, firedAt, quiet), about, firedAt, resolvedAt))
        .filter(
            telling ->
                telling.isNews() || (about.changed() && policy.tellsEachSighting(ailment.kind())));
  }

  /** Under which a case is told, when enough processes show it. */
  static Optional<String> id(Ailment ailment, Case about, DiagnosisPolicy policy) {
    Duration quiet = policy.quiet(ailment.kind());
    return about.seenBy(policy.needed(ailment.kind())).map(firedAt -> id(ailment, firedAt, quiet));
  }

  private static String id(Ailment ailment, Instant firedAt, Duration slot) {
    return AlertId.of(ailment.kind(), ailment.key(), firedAt, slot);
  }

  private boolean isNews() {
    boolean isOneOfSeveral = about.told().size() > 1;
    return isOneOfSeveral || last().map(this::isNewsAfter).orElse(true);
  }

  private boolean isNewsAfter(Told last) {
    Told now = told();
    return last.life() != now.life()
        || now.processes() != last.processes()
        || now.weight() >= MARKED * last.weight()
        || (now.life() == Told.Life.RESOLVED && about.changed());
  }

  private Optional<Told> last() {
    return about.told().stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /** Never earlier than what was said before, so that a reader can tell which is the later. */
  Instant updatedAt() {
    Instant known = resolvedAt.orElse(about.until());
    return last().map(Told::updatedAt).filter(known::isBefore).orElse(known);
  }

  Told told() {
    return new Told(
        id,
        about.processes().count(),
        about.strongest().sign().weight(),
        resolvedAt.isPresent() ? Told.Life.RESOLVED : Told.Life.FIRING,
        updatedAt());
  }
}
