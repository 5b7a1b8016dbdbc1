package dev.hognose.leak;

import dev.hognose.leak.ServiceStep.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Judges the processes of one service together, by what earlier lives and peers have shown.
 *
 * <p>Growth that lives of this service have shown to end is not told as a leak; growth beyond that
 * is, the sooner the farther beyond; and while no life has shown an end, patience is longer than
 * for a process alone, as a first fill looks like a leak in every process at once.
 *
 * <p>Time is cut into stretches of eight buckets. A stretch closes when the first observation of a
 * later one comes, and is then judged as a whole: so the order in which processes are read within
 * one stretch changes nothing. What comes later than that is ignored and named, and its process is
 * judged alone, so that none is silenced. Pure and thread-safe.
 */
public final class ServiceDetector {

  private final ServicePolicy policy;

  public ServiceDetector(ServicePolicy policy) {
    this.policy = policy;
  }

  /**
   * What judges a service whose processes are judged by a policy, at the same pace: for the default
   * only, as the other presets are verdicts of a process alone.
   */
  public static Optional<ServiceDetector> beside(LeakPolicy alone) {
    return alone.name().equals(LeakPolicy.PAGER.name())
        ? Optional.of(new ServiceDetector(ServicePolicy.DEFAULT.withBucket(alone.bucket())))
        : Optional.empty();
  }

  /**
   * For how long observations may wait for earlier ones of other processes: a bucket, as it is to
   * be short beside a stretch.
   */
  public Duration hold() {
    return policy.bucket();
  }

  /** Takes one observation, in order of arrival. Never fails. */
  public ServiceStep next(ServiceHistory history, LifeObservation observation) {
    long stretch = (observation.atMs() - 1) / policy.stretchMs();
    Optional<Reason> refusal = refusal(history, observation, stretch);
    if (refusal.isPresent()) {
      Instant end = Instant.ofEpochMilli((stretch + 1) * policy.stretchMs());
      return ServiceStep.ignored(history, refusal.get(), ServiceWord.alone(observation, end));
    }
    if (stretch == history.stretch()) {
      return ServiceStep.of(history.with(observation, policy.mostPlaces()));
    }
    ServiceStep closed = close(history);
    return new ServiceStep(
        closed.history().opened(stretch).with(observation, policy.mostPlaces()),
        closed.events(),
        closed.words(),
        Optional.empty());
  }

  /** Judges the stretch that is open as if it were over: for the end of a recorded trace. */
  public ServiceStep close(ServiceHistory history) {
    if (history.waiting().isEmpty()) {
      return ServiceStep.of(history);
    }
    ServiceClosing closing = new ServiceClosing(policy, history);
    closing.close();
    List<ServiceWord> words =
        new ServiceWords(policy, closing.history(), history.stretch())
            .of(history.waiting().values(), closing.events());
    return new ServiceStep(closing.history(), closing.events(), words, Optional.empty());
  }

  private Optional<Reason> refusal(
      ServiceHistory history, LifeObservation observation, long stretch) {
    if (stretch < history.stretch()) {
      return Optional.of(Reason.LATE);
    }
    Optional<Place> place = Optional.ofNullable(history.places().get(observation.place()));
    long startedAtMs = observation.startedAtMs();
    if (startedAtMs > 0
        && place.filter(known -> startedAtMs < known.life().startedAtMs()).isPresent()) {
      return Optional.of(Reason.EARLIER_LIFE);
    }
    return place.isEmpty() && isCrowded(history, observation)
        ? Optional.of(Reason.CROWDED)
        : Optional.empty();
  }

  private boolean isCrowded(ServiceHistory history, LifeObservation observation) {
    String place = observation.place();
    return history.places().size() >= policy.mostPlaces()
        || (history.waiting().size() >= policy.mostPlaces()
            && place.compareTo(history.waiting().lastKey()) > 0);
  }
}
