package dev.hognose.leak;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Judges the processes of one service together, by what earlier lives and peers have shown.
 *
 * <p>Growth that lives of this service have shown to end is not told as a leak; growth beyond that
 * is, the sooner the farther beyond; and while no life has shown an end, patience is longer than
 * for a process alone, as a first fill looks like a leak in every process at once.
 *
 * <p>Time is cut into stretches of eight buckets, and a stretch is judged as a whole: the order in
 * which processes are read changes nothing. {@link #stretch} says which stretch an observation
 * counts in, {@link #open} which of them may be judged. Pure and thread-safe.
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

  /** The numbers that it judges by. */
  public ServicePolicy policy() {
    return policy;
  }

  /**
   * The first stretch that still takes observations.
   *
   * @param reachedMs event time that has been read up to
   */
  public long open(long reachedMs) {
    return Math.floorDiv(reachedMs - policy.graceMs(), policy.stretchMs());
  }

  /**
   * The stretch that an observation counts in: its own, or if that is over the first that is not.
   *
   * @param reachedMs event time that had been read up to where the observation was read: so that
   *     this is the same however fast others are read
   */
  public long stretch(LifeObservation observation, long reachedMs) {
    return Math.max(policy.stretch(observation), open(reachedMs));
  }

  /**
   * Judges one stretch.
   *
   * @param history after a stretch before it
   * @param observations all that count in it, of each place one at most
   */
  public ServiceStep judge(
      ServiceHistory history, long stretch, Collection<LifeObservation> observations) {
    List<LifeObservation> counted = new ArrayList<>();
    List<ServiceStep.Fate> fates = new ArrayList<>();
    List<ServiceWord> words = new ArrayList<>();
    ServiceEntrance entrance = new ServiceEntrance(policy, history, stretch);
    for (LifeObservation observation : observations) {
      ServiceStep.Fate fate = entrance.fate(observation);
      fates.add(fate);
      if (fate.counts()) {
        counted.add(observation);
      } else {
        words.add(ServiceWord.alone(observation, policy.judgedAt(observation)));
      }
    }
    ServiceClosing closing = new ServiceClosing(policy, history, stretch, counted);
    closing.close();
    words.addAll(new ServiceWords(policy, closing.history()).of(counted, closing.events()));
    return new ServiceStep(closing.history(), closing.events(), words, fates);
  }
}
