package dev.hognose.loop;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was told of an episode before.
 *
 * @param id under which it is told now
 * @param told under whatever id
 */
record ToldBefore(String id, List<Told> told) {

  Optional<Told> last() {
    return told.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /** Alerts under another id that this one takes the place of. */
  List<String> withdrawn() {
    return told.stream().map(Told::id).filter(other -> !other.equals(id)).toList();
  }

  /** Never earlier than what was said before, so that a reader can tell which is the later. */
  Instant updatedAt(Instant known) {
    return last().map(Told::updatedAt).filter(known::isBefore).orElse(known);
  }
}
