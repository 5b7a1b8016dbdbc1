package dev.hognose.loop;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Event;
import dev.hognose.sample.LoopBlock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges the loop blocks of a service, a fingerprint at a time.
 *
 * <p>Pure: time is that of the events. What is told in the end does not depend on the order in
 * which processes are read, nor on when a timer asks.
 */
public final class LoopBlockWatch {

  private final LoopBlockPolicy policy;

  public LoopBlockWatch(LoopBlockPolicy policy) {
    this.policy = policy;
  }

  public LoopBlockPolicy policy() {
    return policy;
  }

  /** Takes one event about a block of the episodes' fingerprint. */
  public LoopBlockStep next(Episodes episodes, Event event, LoopBlock block) {
    if (!Seen.isPlausible(event, block)) {
      return LoopBlockStep.nothing(episodes, LoopBlockStep.Outcome.IMPLAUSIBLE);
    }
    if (!counts(block)) {
      return LoopBlockStep.nothing(episodes, LoopBlockStep.Outcome.LASTING);
    }
    Optional<Episodes> grown = episodes.and(Seen.of(event, block), policy);
    return grown
        .map(more -> tell(more, more.newest()))
        .orElseGet(() -> LoopBlockStep.nothing(episodes, LoopBlockStep.Outcome.STALE));
  }

  /** Says that the episodes are over: nothing was heard of them for the quiet time. */
  public LoopBlockStep quiet(Episodes episodes) {
    return tell(episodes, Instant.MAX);
  }

  /** Whether an alert of theirs still fires. */
  public boolean isFiring(Episodes episodes) {
    return episodes.all().stream()
        .flatMap(episode -> episode.told().stream())
        .anyMatch(told -> !told.resolved());
  }

  /** When they are over, if nothing more comes. */
  public Instant quietAt(Episodes episodes) {
    return episodes.newest().plus(policy.quiet());
  }

  /** Whether an event says enough of a block: it has ended, or is long enough to be told. */
  boolean counts(LoopBlock block) {
    return block.ended() || block.duration().compareTo(policy.hard()) >= 0;
  }

  private LoopBlockStep tell(Episodes episodes, Instant now) {
    LoopBlockAlert alert = new LoopBlockAlert(policy, episodes.fingerprint());
    List<Episode> after = new ArrayList<>();
    List<Alert> alerts = new ArrayList<>();
    List<String> withdrawn = new ArrayList<>();
    for (Episode episode : episodes.all()) {
      Optional<Telling> due = Telling.due(policy, episodes.fingerprint(), episode, now);
      due.map(alert::of).ifPresent(alerts::add);
      due.map(Telling::withdrawn).ifPresent(withdrawn::addAll);
      after.add(due.map(telling -> episode.told(telling.told())).orElse(episode));
    }
    return new LoopBlockStep(
        episodes.with(after), LoopBlockStep.Outcome.COUNTED, alerts, withdrawn);
  }
}
