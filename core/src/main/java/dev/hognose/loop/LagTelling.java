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
    Instant overAt = episode.extent().until().plus(quiet);
    LagTelling telling =
        new LagTelling(
            AlertId.of(Alert.Kind.LOOP_LAG, all.key(), episode.crossedAt(), quiet),
            episode,
            overAt.isAfter(now) ? Optional.empty() : Optional.of(overAt));
    return Optional.of(telling).filter(LagTelling::isNews);
  }

  private boolean isNews() {
    return !withdrawn().isEmpty() || before().last().map(this::isNewsAfter).orElse(true);
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

  private ToldBefore before() {
    return new ToldBefore(id, episode.told());
  }

  List<String> withdrawn() {
    return before().withdrawn();
  }

  Instant updatedAt() {
    return before().updatedAt(resolvedAt.orElse(episode.extent().until()));
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
