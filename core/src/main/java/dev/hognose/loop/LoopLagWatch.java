package dev.hognose.loop;

import dev.hognose.alert.Alert;
import dev.hognose.service.ProcessMinute;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges the lag of a service's loops that no block explains, a cause at a time.
 *
 * <p>Pure: time is that of the samples. What is told in the end does not depend on the order in
 * which processes are read, nor on when a timer asks.
 */
public final class LoopLagWatch {

  private final LoopLagPolicy policy;

  public LoopLagWatch(LoopLagPolicy policy) {
    this.policy = policy;
  }

  public LoopLagPolicy policy() {
    return policy;
  }

  /** Why the loops of the process ran late in the minute; nothing when they did not. */
  public Optional<LagCause> cause(ProcessMinute minute) {
    return lag(minute)
        .filter(lag -> lag.compareTo(policy.lag()) >= 0)
        .map(late -> LagCause.of(minute, policy));
  }

  private Optional<Duration> lag(ProcessMinute minute) {
    long beats = minute.loop().lag().count();
    return beats < policy.leastBeats()
        ? Optional.empty()
        : Optional.of(minute.loop().excess().dividedBy(beats));
  }

  /** Takes a minute in which a process ran late, of the episodes' service and cause. */
  public LoopLagStep next(LagEpisodes episodes, ProcessMinute minute) {
    LagEpisode more = LagEpisode.of(minute, lag(minute).orElse(Duration.ZERO));
    LagEpisodes grown = episodes.and(more, policy);
    return tell(grown, grown.newest());
  }

  /** Says that the episodes are over: nothing was heard of them for the quiet time. */
  public LoopLagStep quiet(LagEpisodes episodes) {
    return tell(episodes, Instant.MAX);
  }

  /** When they are over, if nothing more comes. */
  public Instant quietAt(LagEpisodes episodes) {
    return episodes.newest().plus(policy.quiet());
  }

  private LoopLagStep tell(LagEpisodes episodes, Instant now) {
    List<LagEpisode> after = new ArrayList<>();
    List<Alert> alerts = new ArrayList<>();
    List<String> withdrawn = new ArrayList<>();
    for (LagEpisode episode : episodes.all()) {
      Optional<LagTelling> due = LagTelling.due(episodes, episode, policy.quiet(), now);
      due.map(telling -> LoopLagAlert.of(episodes, telling)).ifPresent(alerts::add);
      due.map(LagTelling::withdrawn).ifPresent(withdrawn::addAll);
      after.add(due.map(telling -> episode.told(telling.told())).orElse(episode));
    }
    return new LoopLagStep(episodes.with(after), alerts, withdrawn);
  }
}
