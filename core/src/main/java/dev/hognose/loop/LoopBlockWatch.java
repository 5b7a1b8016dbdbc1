package dev.hognose.loop;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Event;
import dev.hognose.sample.LoopBlock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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

  /** Takes one event about a block of the episodes' fingerprint; tells nothing yet. */
  public LoopBlockStep next(Episodes episodes, Event event, LoopBlock block) {
    if (!Seen.isPlausible(event, block)) {
      return LoopBlockStep.nothing(episodes, LoopBlockStep.Outcome.IMPLAUSIBLE);
    }
    if (!isTold(block)) {
      return LoopBlockStep.nothing(episodes, LoopBlockStep.Outcome.LASTING);
    }
    Seen seen = Seen.of(event, block);
    return episodes
        .and(seen, policy)
        .map(more -> LoopBlockStep.nothing(more, outcome(episodes, seen)))
        .orElseGet(() -> LoopBlockStep.nothing(episodes, LoopBlockStep.Outcome.STALE));
  }

  private LoopBlockStep.Outcome outcome(Episodes before, Seen seen) {
    if (before.overlaps(seen)) {
      return LoopBlockStep.Outcome.OVERLAPPING;
    }
    return isLong(seen.told()) && seen.ended() && !before.knows(seen, policy)
        ? LoopBlockStep.Outcome.END_ONLY
        : LoopBlockStep.Outcome.COUNTED;
  }

  /** Says what is new about the episodes. */
  public LoopBlockStep tell(LoopBlockStep grown) {
    Episodes episodes = grown.episodes();
    return tell(episodes, episodes.newest(), grown.outcome());
  }

  /** Takes back all that was said about them: others cost more, they are part of the rest now. */
  LoopBlockStep withdraw(Episodes outranked) {
    Episodes untold = outranked.with(outranked.all().stream().map(Episode::untold).toList());
    return new LoopBlockStep(
        untold, LoopBlockStep.Outcome.REST, List.of(), ids(outranked), outranked.newest());
  }

  /**
   * Says what is new about all that are not told apart.
   *
   * @param before what was known of them when something was last said
   * @param now until when they were looked at
   */
  LoopBlockStep rest(Episodes before, Collection<Episodes> members, Instant now) {
    Episodes sum = new Rest(before.fingerprint(), policy).of(before, members);
    LoopBlockStep step =
        tell(sum, now.isBefore(sum.newest()) ? sum.newest() : now, LoopBlockStep.Outcome.REST);
    List<String> withdrawn = new ArrayList<>(ids(before));
    withdrawn.removeAll(ids(step.episodes()));
    // All that were part of it may be told apart by now: then it is only taken back.
    Instant at = sum.all().isEmpty() ? before.toldAt() : step.at();
    return new LoopBlockStep(step.episodes(), step.outcome(), step.alerts(), withdrawn, at);
  }

  private static List<String> ids(Episodes episodes) {
    return episodes.all().stream().flatMap(each -> each.told().stream()).map(Told::id).toList();
  }

  /** The one and the other in a sum without names. */
  Episodes absorb(Episodes beyond, Episodes least) {
    return beyond.absorb(least, policy);
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
    return new LoopBlockStep(episodes.with(after), outcome, alerts, withdrawn, episodes.newest());
  }
}
