package dev.hognose.leak;

import dev.hognose.sample.GrowthRate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The closing of one stretch of a service: takes the observations into the lives, then judges what
 * rises against what all lives have shown by then.
 *
 * <p>Used once. Observations are taken in order of their places, so that the outcome is a function
 * of their set.
 */
final class ServiceClosing {

  private final ServicePolicy policy;
  private final long stretch;
  private final Collection<LifeObservation> observations;
  private final long endMs;
  private final TreeMap<String, Place> places;
  private final List<PastLife> past;
  private final Succession succession;
  private ShownByAll shownByAll = ShownByAll.NOTHING;
  private final List<ServiceEvent> events = new ArrayList<>();

  /**
   * Begins.
   *
   * @param before history after an earlier stretch
   * @param observations that count, of each place one at most, in order of their places
   */
  ServiceClosing(
      ServicePolicy policy,
      ServiceHistory before,
      long stretch,
      Collection<LifeObservation> observations) {
    this.policy = policy;
    this.stretch = stretch;
    this.observations = observations;
    this.endMs = policy.judgedMs(stretch);
    this.places = new TreeMap<>(before.places());
    this.past = new ArrayList<>(before.past());
    this.succession = new Succession(policy, places, endMs, observations);
  }

  List<ServiceEvent> events() {
    return events;
  }

  ServiceHistory history() {
    return new ServiceHistory(stretch, places, past);
  }

  void close() {
    observations.forEach(this::take);
    forget();
    shownByAll = ShownByAll.of(policy, places, past);
    observations.forEach(this::judge);
    observations.forEach(this::remember);
  }

  private void take(LifeObservation observation) {
    Place known = places.get(observation.place());
    if (known != null && known.life().isFollowedBy(observation)) {
      past.add(known.life().told(policy));
    }
    Place next = known == null ? Place.begin(observation, policy) : known.next(observation, policy);
    places.put(observation.place(), next);
    succession
        .predecessor(observation.place(), next)
        .map(places::remove)
        .ifPresent(ended -> succeed(observation.place(), ended, next.life()));
  }

  private void succeed(String place, Place ended, Life life) {
    past.add(ended.life().told(policy));
    places.put(place, ended.followedBy(life, policy));
  }

  /** Places without a process, and lives that ended too long ago or that are too many. */
  private void forget() {
    long silentMs = endMs - policy.ms(policy.forgetHours());
    places.values().removeIf(place -> isForgotten(place, silentMs));
    long oldMs = endMs - policy.ms(policy.pastHours());
    past.removeIf(life -> life.diedMs() < oldMs);
    past.subList(0, Math.max(0, past.size() - policy.mostPast())).clear();
  }

  private boolean isForgotten(Place place, long silentMs) {
    if (place.life().latestMs() >= silentMs) {
      return false;
    }
    past.add(place.life().told(policy));
    return true;
  }

  private void judge(LifeObservation observation) {
    Place place = places.get(observation.place());
    if (place == null) {
      return;
    }
    if (place.leak().isPresent()) {
      follow(observation, place, place.leak().get());
    } else if (!observation.rising().isEmpty()) {
      weigh(observation, place);
    }
  }

  /** Follows the slope, and takes the verdict back when the life has come to rest. */
  private void follow(LifeObservation observation, Place place, Growth leak) {
    if (place.life().hasEnded(policy) && !place.life().isRising(endMs, policy)) {
      places.put(observation.place(), place.cleared());
      LeakEvent clear =
          new LeakEvent.Clear(policy.judgedAt(observation), GrowthRate.ZERO, leak.confidence());
      events.add(new ServiceEvent(observation.place(), clear));
    } else if (!observation.rising().isEmpty()) {
      Candidate widest = widest(observation);
      Growth now = policy.patience().told(widest);
      places.put(observation.place(), place.leaking(now.since(leak.since())));
    } else {
      // No ring that rises was tested in this stretch: memory and limit are its own all the same.
      Growth now = leak.within(observation.limitKib(), observation.residentKib());
      places.put(observation.place(), place.leaking(now));
    }
  }

  /** What is judged alone is remembered all the same: a restart does not forget it. */
  private void remember(LifeObservation observation) {
    Place place = places.get(observation.place());
    if (place != null) {
      Optional<Growth> own = observation.ownLeak().map(OwnLeak::growth);
      places.put(observation.place(), place.alone(places.size() == 1 ? own : Optional.empty()));
    }
  }

  private void weigh(LifeObservation observation, Place place) {
    double evidenceHours = place.life().evidenceHours();
    Place known = place;
    for (Candidate growth : observation.rising()) {
      if (policy.patience().isEvidence(growth)) {
        evidenceHours = Math.max(evidenceHours, growth.hours());
      }
    }
    for (Candidate growth : observation.rising()) {
      Stand stand = shownByAll.stand(observation.place(), place, growth);
      known = known.standing(stand);
      if (policy.patience().isLeak(growth, stand, shownByAll.credit(place, growth))) {
        known = known.leaking(begin(observation, growth));
        break;
      }
    }
    places.put(observation.place(), known.withEvidence(evidenceHours));
  }

  private Growth begin(LifeObservation observation, Candidate growth) {
    Growth leak = policy.patience().told(growth);
    LeakEvent onset =
        new LeakEvent.Onset(
            policy.judgedAt(observation),
            leak.slope(),
            leak.confidence(),
            leak.where(),
            growth.hoursToRoom());
    events.add(new ServiceEvent(observation.place(), onset));
    return leak;
  }

  private static Candidate widest(LifeObservation observation) {
    return observation.rising().get(observation.rising().size() - 1);
  }
}
