package dev.hognose.collector.fleet;

import dev.hognose.alert.Alert;
import dev.hognose.leak.Trend;
import dev.hognose.sample.Event;
import dev.hognose.sample.Sample;
import dev.hognose.service.ServiceSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The latest state of every live process, the alerts, and the latest minute of every service.
 *
 * <p>One thread writes: it applies what it reads, then publishes. Any thread reads, and always sees
 * a whole {@link FleetSnapshot}.
 *
 * <p>Each value remembers the partition that it came from, so that what is no longer ours can be
 * removed. How long ago a process was heard is told by our clock, not by its samples: a process
 * whose clock is wrong lives, too.
 */
public final class Fleet {

  /** Looking through a large fleet at every publication would cost more than reading it. */
  private static final Duration EXPIRY_BEAT = Duration.ofMillis(250);

  private final InstantSource clock;
  private final Processes processes = new Processes();
  private final Alerts alerts;
  private final Summaries summaries = new Summaries();
  private volatile FleetSnapshot published = FleetSnapshot.EMPTY;
  private final Map<Shown, Set<Integer>> hidden = new EnumMap<>(Shown.class);
  private boolean changed;
  private Instant nextExpiry = Instant.MIN;

  /**
   * An empty one.
   *
   * @param forgetAlertsAfter how long a resolved alert is kept
   */
  public Fleet(InstantSource clock, Duration forgetAlertsAfter) {
    this.clock = clock;
    this.alerts = new Alerts(forgetAlertsAfter);
    for (Shown each : Shown.values()) {
      hidden.put(each, new HashSet<>());
    }
  }

  /** By the clock that tells silence. */
  public Instant now() {
    return clock.instant();
  }

  /** The fleet when it was last published. */
  public FleetSnapshot snapshot() {
    return published;
  }

  /**
   * Takes a sample.
   *
   * @param heardAt when the process was alive for certain, by our clock
   */
  public Outcome apply(int partition, Sample sample, Instant heardAt) {
    changed = true;
    if (heardAt.isBefore(clock.instant().minus(EXPIRY_BEAT))) {
      // Of a backlog: it may have fallen silent since, and must not be shown for a moment.
      nextExpiry = Instant.MIN;
    }
    return processes.apply(partition, sample, heardAt);
  }

  /** Takes an event; of any kind it shows that the process lives, or that it ended. */
  public Outcome apply(int partition, Event event, Instant heardAt) {
    changed = true;
    return processes.apply(partition, event, heardAt);
  }

  public Outcome apply(int partition, Trend trend) {
    changed = true;
    return processes.apply(partition, trend, clock.instant());
  }

  public Outcome apply(int partition, Alert alert) {
    changed = true;
    return alerts.apply(partition, alert, clock.instant());
  }

  /** Takes a minute of a service; an old one is not shown. */
  public Outcome apply(int partition, ServiceSummary summary) {
    changed = true;
    nextExpiry = Instant.MIN;
    return summaries.apply(partition, summary, clock.instant());
  }

  /** Takes back a trend that its topic has deleted. */
  public void removeTrend(String processKey) {
    changed = true;
    processes.removeTrend(processKey);
  }

  /** Takes back an alert that its topic has deleted. */
  public void removeAlert(String id) {
    changed = true;
    alerts.remove(id);
  }

  /** Takes back the minute of a service that its topic has deleted. */
  public void removeSummary(String service) {
    changed = true;
    summaries.remove(service);
  }

  /** Holds back what comes from a partition: another collector shows it as yet. */
  public void hide(Shown what, int partition) {
    changed |= of(what).add(partition);
  }

  /** Shows what comes from a partition, from the next publication on. */
  public void show(Shown what, int partition) {
    changed |= of(what).remove(partition);
  }

  private Set<Integer> of(Shown what) {
    return Objects.requireNonNull(hidden.get(what));
  }

  public void removeSampledOn(int partition) {
    changed = true;
    processes.removeSampledOn(partition);
  }

  public void removeEventsOf(int partition) {
    changed = true;
    processes.removeEventsOf(partition);
  }

  public void removeTrendsOf(int partition) {
    changed = true;
    processes.removeTrendsOf(partition);
  }

  public void removeAlertsOf(int partition) {
    changed = true;
    alerts.removeOf(partition);
  }

  public void removeSummariesOf(int partition) {
    changed = true;
    summaries.removeOf(partition);
  }

  /** Ends processes that fell silent, forgets old alerts, and shows readers what is so now. */
  public void publish() {
    Instant now = clock.instant();
    if (!now.isBefore(nextExpiry)) {
      changed |= processes.expire(now);
      changed |= alerts.expire(now);
      changed |= summaries.expire(now);
      nextExpiry = now.plus(EXPIRY_BEAT);
    }
    if (changed) {
      published =
          new FleetSnapshot(
              processes.states(of(Shown.PROCESSES)),
              alerts.sorted(of(Shown.ALERTS)),
              summaries.latest(of(Shown.SUMMARIES)));
      changed = false;
    }
  }
}
