package dev.hognose.loop;

import dev.hognose.alert.Alert;
import dev.hognose.alert.AlertId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is to be said about an episode.
 *
 * @param id of the alert; two episodes of a fingerprint are never within one quiet time, so that
 *     the quiet time's slot in which it fired names it, however its processes are read
 * @param resolvedAt absent while it goes on
 */
record Telling(String id, Episode episode, Optional<Instant> resolvedAt) {

  /** How much more of anything is worth saying. */
  private static final int MARKED = 2;

  /** Says nothing of an episode that crossed nothing, or that would be told as it was. */
  static Optional<Telling> due(
      LoopBlockPolicy policy, Fingerprint fingerprint, Episode episode, Instant now) {
    return episode
        .crossedAt()
        .map(
            crossedAt -> {
              String id = id(fingerprint, crossedAt, policy.quiet());
              Instant overAt = episode.overAt(policy);
              boolean over = !overAt.isAfter(now);
              return new Telling(id, episode, over ? Optional.of(overAt) : Optional.empty());
            })
        .filter(telling -> telling.isNews(policy));
  }

  /** Under which an episode is told, when it is worth telling. */
  static Optional<String> id(LoopBlockPolicy policy, Fingerprint fingerprint, Episode episode) {
    return episode.crossedAt().map(crossedAt -> id(fingerprint, crossedAt, policy.quiet()));
  }

  private static String id(Fingerprint fingerprint, Instant crossedAt, Duration slot) {
    return AlertId.of(Alert.Kind.LOOP_BLOCK, fingerprint.key(), crossedAt, slot);
  }

  private boolean isNews(LoopBlockPolicy policy) {
    return !withdrawn().isEmpty()
        || before().last().map(last -> isNewsAfter(last, policy)).orElse(true);
  }

  private boolean isNewsAfter(Told last, LoopBlockPolicy policy) {
    if (last.resolved() != resolvedAt.isPresent()) {
      return true;
    }
    return last.resolved()
        ? episode.changed()
        : hasGrownMuchSince(last) || isLouderThan(last, policy);
  }

  private boolean isLouderThan(Told last, LoopBlockPolicy policy) {
    return policy.isCritical(episode.worst().duration()) && !policy.isCritical(last.worst());
  }

  private boolean hasGrownMuchSince(Told last) {
    Told now = told();
    return now.processes() > last.processes()
        || now.blocks() >= MARKED * last.blocks()
        || now.worst().compareTo(last.worst().multipliedBy(MARKED)) >= 0
        || (last.lasting() && !now.lasting());
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
        episode.tally().blocks(),
        episode.affected().count(),
        episode.worst().duration(),
        !episode.worst().ended(),
        resolvedAt.isPresent(),
        updatedAt());
  }
}
