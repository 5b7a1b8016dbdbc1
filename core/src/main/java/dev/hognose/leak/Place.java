package dev.hognose.leak;

import java.util.Optional;

/**
 * What is known where a process lives: its life, and what earlier lives there leave behind.
 *
 * @param creditHours of growth in earlier lives that never came to rest, policy hours
 * @param leak that stands, also over a restart
 * @param leakVersion of the program when that leak began; empty without one, or while unknown
 * @param stand of its latest growth
 * @param own leak that the floors of its process show while it is the only one of its service
 */
record Place(
    Life life,
    Earlier earlier,
    double creditHours,
    Optional<Growth> leak,
    String leakVersion,
    Stand stand,
    Optional<Growth> own) {

  /**
   * Levels that earlier lives at this place had.
   *
   * @param residentTop highest floor of those that came to rest, KiB; -1 without one
   * @param pythonTop the same of the Python heap
   * @param residentFreed a life whose lowest floor is below this has freed what the last one took
   * @param pythonFreed the same of the Python heap
   */
  record Earlier(int residentTop, int pythonTop, int residentFreed, int pythonFreed) {

    static final Earlier NONE = new Earlier(-1, -1, Integer.MAX_VALUE, Integer.MAX_VALUE);

    int top(Life.Channel channel) {
      return channel == Life.Channel.RESIDENT ? residentTop : pythonTop;
    }

    boolean wasFreed(Life life, Life.Channel channel) {
      int freed = channel == Life.Channel.RESIDENT ? residentFreed : pythonFreed;
      return life.climb(channel).low() <= freed;
    }

    Earlier and(Life died, ServicePolicy policy) {
      return new Earlier(
          top(died, Life.Channel.RESIDENT, policy),
          top(died, Life.Channel.PYTHON, policy),
          died.resident().freedBelow(policy),
          died.python().freedBelow(policy));
    }

    private int top(Life died, Life.Channel channel, ServicePolicy policy) {
      return died.hasEnded(channel, policy)
          ? Math.max(top(channel), died.climb(channel).top())
          : top(channel);
    }
  }

  static Place begin(LifeObservation observation, ServicePolicy policy) {
    return new Place(
        Life.begin(observation, policy),
        Earlier.NONE,
        0,
        Optional.empty(),
        "",
        Stand.NONE,
        Optional.empty());
  }

  Place next(LifeObservation observation, ServicePolicy policy) {
    if (life.isFollowedBy(observation)) {
      return followedBy(Life.begin(observation, policy), policy);
    }
    Life grown =
        observation.first() ? Life.begin(observation, policy) : life.next(observation, policy);
    return new Place(grown, earlier, creditHours, leak, leakVersion, stand, own);
  }

  /** Its life has ended, and another goes on with what is known here. */
  Place followedBy(Life another, ServicePolicy policy) {
    return new Place(
        another,
        earlier.and(life, policy),
        creditAfter(policy),
        leak.or(() -> own),
        leak.isEmpty() && own.isPresent() ? life.version() : leakVersion,
        Stand.NONE,
        Optional.empty());
  }

  /** Nothing is known here of an earlier life. */
  boolean isFirstLife() {
    return earlier.equals(Earlier.NONE);
  }

  /**
   * Growth that died on its way is evidence for the next life. Without growth a life that came to
   * rest halves it; one that was too short to show either leaves it as it is.
   */
  private double creditAfter(ServicePolicy policy) {
    boolean ended = life.hasEnded(policy);
    if (life.evidenceHours() == 0) {
      return ended ? creditHours * 0.5 : creditHours;
    }
    return ended ? 0 : Math.min(policy.mostCreditHours(), creditHours + life.evidenceHours());
  }

  Place standing(Stand where) {
    return new Place(life, earlier, creditHours, leak, leakVersion, where, own);
  }

  Place withEvidence(double hours) {
    return new Place(life.withEvidence(hours), earlier, creditHours, leak, leakVersion, stand, own);
  }

  Place leaking(Growth growth) {
    String since = leak.isPresent() ? leakVersion : life.version();
    return new Place(life, earlier, creditHours, Optional.of(growth), since, stand, own);
  }

  Place cleared() {
    return new Place(
        life.withEvidence(0), earlier, creditHours, Optional.empty(), "", stand, Optional.empty());
  }

  /** With the leak that the floors of its process show, if they are all there is to judge by. */
  Place alone(Optional<Growth> growth) {
    return new Place(life, earlier, creditHours, leak, leakVersion, stand, growth);
  }
}
