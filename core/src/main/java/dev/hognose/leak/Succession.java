package dev.hognose.leak;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose place a new process takes: a supervisor that starts a worker anew gives it another pid, and
 * what was known of the last one is known of this one.
 *
 * <p>It takes that of a process on its host that has ended not long before it started, one for one;
 * first those that leak, then those that ended last. A process that still shows something, and one
 * whose start is not known, has no part in it; one that has shown nothing in a single stretch may
 * be late, and is asked about again in the next.
 */
final class Succession {

  private static final Comparator<Map.Entry<String, Place>> NEXT =
      Comparator.<Map.Entry<String, Place>, Boolean>comparing(
              each -> each.getValue().leak().isPresent())
          .thenComparing(each -> each.getValue().life().latestMs())
          .thenComparing(Map.Entry::getKey);

  private final ServicePolicy policy;
  private final Map<String, Place> places;
  private final long endMs;
  private final Set<String> alive;

  /**
   * For one stretch.
   *
   * @param places as they are when each newcomer is asked about
   * @param endMs of the stretch
   * @param observations of the stretch
   */
  Succession(
      ServicePolicy policy,
      Map<String, Place> places,
      long endMs,
      Collection<LifeObservation> observations) {
    this.policy = policy;
    this.places = places;
    this.endMs = endMs;
    this.alive =
        observations.stream().map(LifeObservation::place).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The place that a young process takes over.
   *
   * @param newcomer where it lives
   * @param place what is known of it there
   */
  Optional<String> predecessor(String newcomer, Place place) {
    String host = host(newcomer);
    return host.isEmpty() || !isYoung(place)
        ? Optional.empty()
        : places.entrySet().stream()
            .filter(each -> host(each.getKey()).equals(host))
            .filter(each -> !alive.contains(each.getKey()))
            .filter(each -> !each.getValue().life().isAlive(endMs, policy))
            .filter(each -> endedBefore(place.life(), each.getValue().life()))
            .max(NEXT)
            .map(Map.Entry::getKey);
  }

  /** Not only in its first stretch: the last one may have been there at the end of it, too. */
  private boolean isYoung(Place place) {
    return place.life().startedAtMs() > 0
        && place.isFirstLife()
        && place.life().livedMs() <= policy.ms(policy.successionHours());
  }

  /** A new worker may start a little before the last one is gone. */
  private boolean endedBefore(Life newcomer, Life life) {
    long startedAtMs = newcomer.startedAtMs();
    return life.startedAtMs() > 0
        && life.startedAtMs() < startedAtMs
        && life.latestMs() <= startedAtMs + policy.stretchMs()
        && life.latestMs() >= startedAtMs - policy.ms(policy.successionHours());
  }

  /** A place is named by host and pid; one without a pid has no successor but itself. */
  private static String host(String place) {
    return place.substring(0, Math.max(0, place.lastIndexOf('/')));
  }
}
