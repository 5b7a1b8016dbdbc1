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
    if (!isTold(block)) {
      return LoopBlockStep.nothing(episodes, LoopBlockStep.Outcome.LASTING);
    }
    Seen seen = Seen.of(event, block);
    Optional<Episodes> grown = episodes.and(seen, policy);
    return grown
        .map(more -> tell(more, more.newest(), outcome(episodes, seen)))
        .orElseGet(() -> LoopBlockStep.nothing(episodes, LoopBlockStep.Outcome.STALE));
  }

  private LoopBlockStep.Outcome outcome(Episodes before, Seen seen) {
    if (before.fingerprint().kind() == Fingerprint.Kind.REST) {
      return LoopBlockStep.Outcome.REST;
    }
    if (before.overlaps(seen)) {
      return LoopBlockStep.Outcome.OVERLAPPING;
    }
    return isLong(seen.told()) && seen.ended() && !before.knows(seen.id())
        ? LoopBlockStep.Outcome.END_ONLY
        : LoopBlockStep.Outcome.COUNTED;
  }

  /** Counts the one with the rest from now on: another costs more and takes its place. */
  public LoopBlockStep absorb(Episodes rest, Episodes outranked) {
    Episodes more = rest.absorb(outranked, policy);
    return tell(more, more.newest(), LoopBlockStep.Outcome.REST);
  }

  /** Says that the episodes are over: nothing was heard of them for the quiet time. */
  public LoopBlockStep quiet(Episodes episodes) {
    return tell(episodes, Instant.MAX, LoopBlockStep.Outcome.COUNTED);
  }

  /** How many of their blocks never ended, as far as is known: their processes died in them. */
  public long unended(Episodes episodes) {
    return episodes.all().stream().mapToLong(each -> each.tally().unended()).sum();
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

  /** Whether the event may change what is told: a block that can be, and is told by now. */
  public boolean counts(Event event, LoopBlock block) {
    return Seen.isPlausible(event, block) && isTold(block);
  }

  /** Whether an event says enough of a block: it has ended, or is long enough to be told. */
  private boolean isTold(LoopBlock block) {
    return block.ended() || isLong(block);
  }

  private boolean isLong(LoopBlock block) {
    return block.duration().compareTo(policy.toldFrom(block.cause())) >= 0;
  }

  private LoopBlockStep tell(Episodes episodes, Instant now, LoopBlockStep.Outcome outcome) {
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
    return new LoopBlockStep(episodes.with(after), outcome, alerts, withdrawn);
  }
}
