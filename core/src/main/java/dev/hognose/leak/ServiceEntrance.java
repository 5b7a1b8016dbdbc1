package dev.hognose.leak;

import dev.hognose.leak.ServiceStep.Fate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which observations of a stretch are judged with the others. Used once, for the
 * observations in order of their places.
 */
final class ServiceEntrance {

  private final ServicePolicy policy;
  private final ServiceHistory history;
  private final long stretch;
  private final Set<String> newcomers = new HashSet<>();

  ServiceEntrance(ServicePolicy policy, ServiceHistory history, long stretch) {
    this.policy = policy;
    this.history = history;
    this.stretch = stretch;
  }

  Fate fate(LifeObservation observation) {
    Optional<Life> known =
        Optional.ofNullable(history.places().get(observation.place())).map(Place::life);
    long startedAtMs = observation.startedAtMs();
    if (startedAtMs > 0 && known.filter(life -> startedAtMs < life.startedAtMs()).isPresent()) {
      return Fate.EARLIER_LIFE;
    }
    if (known.isEmpty() && !finds(observation.place())) {
      return Fate.CROWDED;
    }
    return policy.stretch(observation) < stretch ? Fate.LATE : Fate.COUNTED;
  }

  private boolean finds(String newcomer) {
    newcomers.add(newcomer);
    return history.places().size() + newcomers.size() <= policy.mostPlaces();
  }
}
