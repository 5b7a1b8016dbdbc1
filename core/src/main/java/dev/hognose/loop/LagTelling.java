package dev.hognose.loop;

import dev.hognose.alert.Alert;
import dev.hognose.alert.AlertId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is to be said about an episode of lag.
 *
 * @param id of the alert, named by the quiet time's slot in which it fired
 * @param resolvedAt absent while it goes on
 */
record LagTelling(String id, LagEpisode episode, Optional<Instant> resolvedAt) {

  /** How much more of anything is worth saying. */
  private static final int MARKED = 2;

  /** Says nothing of an episode that would be told as it was. */
  static Optional<LagTelling> due(
      LagEpisodes all, LagEpisode episode, Duration quiet, Instant now) {
    long slot = Math.floorDiv(episode.crossedAt().toEpochMilli(), quiet.toMillis());
    Instant slotAt = Instant.ofEpochMilli(slot * quiet.toMillis());
    Instant overAt = episode.extent().until().plus(quiet);
    LagTelling telling =
        new LagTelling(
            AlertId.of(Alert.Kind.LOOP_LAG, all.key(), slotAt),
            episode,
            overAt.isAfter(now) ? Optional.empty() : Optional.of(overAt));
    return Optional.of(telling).filter(LagTelling::isNews);
  }

  private boolean isNews() {
    return !withdrawn().isEmpty() || last().map(this::isNewsAfter).orElse(true);
  }

  private boolean isNewsAfter(Told last) {
    if (last.resolved() != resolvedAt.isPresent()) {
      return true;
    }
    return last.resolved()
        ? episode.changed()
        : episode.affected().count() >= MARKED * last.processes()
            || episode.minutes() >= MARKED * last.blocks()
            || episode.worst().compareTo(last.worst().multipliedBy(MARKED)) >= 0;
  }

  private Optional<Told> last() {
    return episode.told().stream().filter(told -> told.id().equals(id)).findFirst();
  }

  /** Alerts under another id that this one takes the place of. */
  List<String> withdrawn() {
    return episode.told().stream().map(Told::id).filter(other -> !other.equals(id)).toList();
  }

  /** Never earlier than what was said before, so that a reader can tell which is the later. */
  Instant updatedAt() {
    Instant known = resolvedAt.orElse(episode.extent().until());
    return last().map(Told::updatedAt).filter(known::isBefore).orElse(known);
  }

  Told told() {
    return new Told(
        id,
        episode.minutes(),
        episode.affected().count(),
        Duration.ofMillis(episode.worst().toMillis()),
        false,
        resolvedAt.isPresent(),
        updatedAt());
  }
}
