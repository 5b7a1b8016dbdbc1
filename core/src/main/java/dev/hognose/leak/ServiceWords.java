package dev.hognose.leak;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts into words what the closing of a stretch has left of a service. */
final class ServiceWords {

  /** A process that is younger than this share of another need not rise as that does. */
  private static final double COMPARABLE_AGE = 0.5;

  private final ServicePolicy policy;
  private final ServiceHistory history;
  private final long endMs;
  private final List<Life> living;
  private final int rising;

  /**
   * Looks at a service.
   *
   * @param history with its latest stretch closed
   */
  ServiceWords(ServicePolicy policy, ServiceHistory history) {
    this.policy = policy;
    this.history = history;
    this.endMs = policy.judgedMs(history.stretch());
    this.living = lives().stream().filter(life -> life.isAlive(endMs, policy)).toList();
    this.rising = (int) living.stream().filter(this::isRising).count();
  }

  /** A place is remembered for a day after the end of its process. */
  private List<Life> lives() {
    return history.places().values().stream().map(Place::life).toList();
  }

  private boolean isRising(Life life) {
    return life.isRising(endMs, policy);
  }

  /** Of each place that was observed in the stretch. */
  List<ServiceWord> of(Collection<LifeObservation> observed, List<ServiceEvent> events) {
    Set<String> cleared =
        events.stream()
            .filter(event -> event.event() instanceof LeakEvent.Clear)
            .map(ServiceEvent::place)
            .collect(Collectors.toSet());
    List<ServiceWord> words = new ArrayList<>();
    for (LifeObservation observation : observed) {
      Place place = history.places().get(observation.place());
      words.add(
          place == null
              ? ServiceWord.alone(observation, policy.judgedAt(observation))
              : word(observation, place, cleared.contains(observation.place())));
    }
    return words;
  }

  private ServiceWord word(LifeObservation observation, Place place, boolean cleared) {
    return new ServiceWord(
        observation.place(),
        place.life().startedAtMs(),
        policy.judgedAt(observation),
        place.leak(),
        cleared,
        place.stand(),
        sharing(place),
        observation.ownLeak(),
        Footprint.ofKib(observation.residentKib(), observation.limitKib()));
  }

  private ServiceWord.Sharing sharing(Place place) {
    String version = place.leak().isPresent() ? place.leakVersion() : place.life().version();
    boolean deploy = place.leak().isPresent() && isSinceDeploy(place.life(), version);
    return new ServiceWord.Sharing(rising, living.size(), version, deploy);
  }

  /** Every living one of the version rises, and of the others some came to rest and none rises. */
  private boolean isSinceDeploy(Life leaking, String version) {
    if (version.isEmpty()) {
      return false;
    }
    List<Life> same =
        living.stream()
            .filter(life -> life.version().equals(version))
            .filter(life -> life.livedMs() >= COMPARABLE_AGE * leaking.livedMs())
            .toList();
    boolean othersRise =
        living.stream().anyMatch(life -> !life.version().equals(version) && isRising(life));
    boolean othersRest =
        lives().stream().anyMatch(life -> !life.version().equals(version) && life.hasEnded(policy))
            || history.past().stream()
                .anyMatch(life -> !life.version().equals(version) && life.hasEnded());
    return same.size() > 1 && same.stream().allMatch(this::isRising) && othersRest && !othersRise;
  }
}
