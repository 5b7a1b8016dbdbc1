package dev.hognose.leak;

import dev.hognose.leak.Life.Channel;
import dev.hognose.sample.GrowthRate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The closing of one stretch of a service: takes the observations into the lives, then judges what
 * rises against what all lives have shown by then.
 *
 * <p>Used once. Places are taken in order of their names, so that the outcome is a function of the
 * set of observations.
 */
final class ServiceClosing {

  private final ServicePolicy policy;
  private final ServiceHistory before;
  private final long endMs;
  private final TreeMap<String, Place> places;
  private final List<PastLife> past;
  private final Map<String, PastLife> living = new HashMap<>();
  private final List<ServiceEvent> events = new ArrayList<>();

  ServiceClosing(ServicePolicy policy, ServiceHistory before) {
    this.policy = policy;
    this.before = before;
    this.endMs = (before.stretch() + 1) * policy.stretchMs();
    this.places = new TreeMap<>(before.places());
    this.past = new ArrayList<>(before.past());
  }

  List<ServiceEvent> events() {
    return events;
  }

  ServiceHistory history() {
    return new ServiceHistory(before.stretch(), Collections.emptySortedMap(), places, past);
  }

  void close() {
    before.waiting().values().forEach(this::take);
    forget();
    places.forEach((name, place) -> living.put(name, place.life().told(policy)));
    before.waiting().values().forEach(this::judge);
  }

  private void take(LifeObservation observation) {
    Place known = places.get(observation.place());
    if (known == null) {
      if (places.size() < policy.mostPlaces()) {
        places.put(observation.place(), Place.begin(observation, policy));
      }
      return;
    }
    if (known.life().isFollowedBy(observation)) {
      past.add(known.life().told(policy));
    }
    places.put(observation.place(), known.next(observation, policy));
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
          new LeakEvent.Clear(Instant.ofEpochMilli(endMs), GrowthRate.ZERO, leak.confidence());
      tell(observation, clear, place.stand());
    } else if (!observation.rising().isEmpty()) {
      Candidate widest = widest(observation);
      Growth now = widest.growth(policy.beyond(), policy.beyond().thresholds().gate());
      places.put(observation.place(), place.leaking(now.since(leak.since())));
    }
  }

  private void weigh(LifeObservation observation, Place place) {
    double evidenceHours = place.life().evidenceHours();
    Place known = place;
    for (Candidate growth : observation.rising()) {
      if (growth.isEvidence(policy.beyond())) {
        evidenceHours = Math.max(evidenceHours, growth.hours());
      }
    }
    for (Candidate growth : observation.rising()) {
      Stand stand = stand(observation.place(), place, growth);
      known = known.standing(stand);
      if (policy.isLeak(growth, stand, credit(place, growth))) {
        known = known.leaking(begin(observation, growth, stand));
        break;
      }
    }
    places.put(observation.place(), known.withEvidence(evidenceHours));
  }

  private Growth begin(LifeObservation observation, Candidate growth, Stand stand) {
    Growth leak = growth.growth(policy.beyond(), policy.beyond().thresholds().gate());
    LeakEvent onset =
        new LeakEvent.Onset(
            Instant.ofEpochMilli(endMs),
            leak.slope(),
            leak.confidence(),
            leak.where(),
            growth.hoursToRoom());
    tell(observation, onset, stand);
    return leak;
  }

  private void tell(LifeObservation observation, LeakEvent event, Stand stand) {
    int sharing =
        (int) places.values().stream().filter(peer -> peer.life().isRising(endMs, policy)).count();
    events.add(new ServiceEvent(observation.place(), event, stand, sharing));
  }

  private static Candidate widest(LifeObservation observation) {
    return observation.rising().get(observation.rising().size() - 1);
  }

  private List<PastLife> others(String name) {
    List<PastLife> others = new ArrayList<>(past);
    living.forEach(
        (other, life) -> {
          if (!other.equals(name)) {
            others.add(life);
          }
        });
    return others;
  }

  /** Evidence of earlier lives counts if the restart freed what they had taken. */
  private static double credit(Place place, Candidate growth) {
    boolean freed =
        channels(growth.where()).stream()
            .anyMatch(channel -> place.earlier().wasFreed(place.life(), channel));
    return freed ? growth.credit(place.creditHours()) : 0;
  }

  private Stand stand(String name, Place place, Candidate growth) {
    return channels(growth.where()).stream()
        .map(channel -> stand(name, place, growth, channel))
        .reduce(Stand::and)
        .orElse(Stand.NONE);
  }

  private Stand stand(String name, Place place, Candidate growth, Channel channel) {
    Climb climb = place.life().climb(channel);
    Shown shown = Shown.by(others(name), channel, place.life().livedMs(), policy);
    double times = shown.times(climb.height(), policy);
    if (shown.covers(climb.height(), growth.hours(), policy)
        || climb.last() <= place.earlier().top(channel)) {
      return new Stand(Stand.Kind.COVERED, times, shown.lives());
    }
    return new Stand(
        haveShown(shown, channel) ? Stand.Kind.BEYOND : Stand.Kind.UNKNOWN, times, shown.lives());
  }

  /** One life that rests shows little of many that climb: a day lifts them all, at its own hour. */
  private boolean haveShown(Shown shown, Channel channel) {
    long climbing = living.values().stream().filter(life -> !life.rest(channel).ended()).count();
    return shown.comparable() >= Math.max(1, policy.leastResting() * climbing);
  }

  private static List<Channel> channels(Trend.Where where) {
    return switch (where) {
      case PYTHON -> List.of(Channel.RESIDENT, Channel.PYTHON);
      case PYTHON_HIDDEN -> List.of(Channel.PYTHON);
      case NATIVE, FRAGMENTATION -> List.of(Channel.RESIDENT);
    };
  }
}
