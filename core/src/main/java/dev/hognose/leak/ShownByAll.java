package dev.hognose.leak;

import dev.hognose.leak.Life.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What all lives of a service have shown, living or past, for each of them to be held against. */
final class ShownByAll {

  static final ShownByAll NOTHING = new ShownByAll(ServicePolicy.DEFAULT, Map.of(), List.of());

  private final ServicePolicy policy;
  private final Map<String, PastLife> living;
  private final List<PastLife> past;

  private ShownByAll(ServicePolicy policy, Map<String, PastLife> living, List<PastLife> past) {
    this.policy = policy;
    this.living = living;
    this.past = past;
  }

  static ShownByAll of(ServicePolicy policy, Map<String, Place> places, List<PastLife> past) {
    Map<String, PastLife> living = new HashMap<>();
    places.forEach((name, place) -> living.put(name, place.life().told(policy)));
    return new ShownByAll(policy, living, past);
  }

  /** Evidence of earlier lives counts if the restart freed what they had taken. */
  double credit(Place place, Candidate growth) {
    boolean freed =
        channels(growth.where()).stream()
            .anyMatch(channel -> place.earlier().wasFreed(place.life(), channel));
    return freed ? growth.credit(place.creditHours()) : 0;
  }

  /** Where the growth at a place stands against all others. */
  Stand stand(String name, Place place, Candidate growth) {
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

  private static List<Channel> channels(Trend.Where where) {
    return switch (where) {
      case PYTHON -> List.of(Channel.RESIDENT, Channel.PYTHON);
      case PYTHON_HIDDEN -> List.of(Channel.PYTHON);
      case NATIVE, FRAGMENTATION -> List.of(Channel.RESIDENT);
    };
  }
}
