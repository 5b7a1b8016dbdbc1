package dev.hognose.leak;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is remembered of a service between two observations: its processes' lives, what ended
 * lives have shown, and the observations of the stretch that is not closed yet.
 *
 * <p>Immutable. Packed it takes about 200 bytes a process and 50 a remembered life; both are
 * bounded in number by {@link ServicePolicy}.
 */
public final class ServiceHistory {

  private static final ServiceHistory INITIAL =
      new ServiceHistory(-1, Collections.emptySortedMap(), Collections.emptySortedMap(), List.of());

  private final long stretch;
  private final SortedMap<String, LifeObservation> waiting;
  private final SortedMap<String, Place> places;
  private final List<PastLife> past;

  /**
   * Keeps its parts, which nobody else may change.
   *
   * @param stretch number of the one that is open, -1 before any
   */
  ServiceHistory(
      long stretch,
      SortedMap<String, LifeObservation> waiting,
      SortedMap<String, Place> places,
      List<PastLife> past) {
    this.stretch = stretch;
    this.waiting = Collections.unmodifiableSortedMap(waiting);
    this.places = Collections.unmodifiableSortedMap(places);
    this.past = List.copyOf(past);
  }

  /** Of a service that nothing is known of. */
  public static ServiceHistory initial() {
    return INITIAL;
  }

  /**
   * Reads what {@link #pack} wrote.
   *
   * @throws IllegalArgumentException for anything else, and for the form of a newer version
   */
  public static ServiceHistory unpack(byte[] packed) {
    return ServicePacking.unpack(packed);
  }

  public byte[] pack() {
    return ServicePacking.pack(this);
  }

  /** The leak that stands at a place. */
  public Optional<Growth> leak(String place) {
    return Optional.ofNullable(places.get(place)).flatMap(Place::leak);
  }

  /** Where the latest growth at a place stands against what other lives have shown. */
  public Stand stand(String place) {
    return Optional.ofNullable(places.get(place)).map(Place::stand).orElse(Stand.NONE);
  }

  /** Whether no stretch was closed between the two. */
  public boolean hasStretchOf(ServiceHistory other) {
    return stretch == other.stretch;
  }

  /** All but the observations of the stretch that is open: what only a closing changes. */
  public ServiceHistory withoutWaiting() {
    return opened(stretch);
  }

  long stretch() {
    return stretch;
  }

  /** Observations of the stretch that is open, by place. */
  public SortedMap<String, LifeObservation> waiting() {
    return waiting;
  }

  SortedMap<String, Place> places() {
    return places;
  }

  /** In the order in which they ended. */
  List<PastLife> past() {
    return past;
  }

  /**
   * Lets an observation wait for the end of the stretch. Of two of one process the later one
   * counts; of too many the last by name is dropped.
   */
  ServiceHistory with(LifeObservation observation, int most) {
    TreeMap<String, LifeObservation> more = new TreeMap<>(waiting);
    more.merge(observation.place(), observation, (a, b) -> b.atMs() > a.atMs() ? b : a);
    if (more.size() > most) {
      more.pollLastEntry();
    }
    return new ServiceHistory(stretch, more, places, past);
  }

  ServiceHistory opened(long next) {
    return new ServiceHistory(next, Collections.emptySortedMap(), places, past);
  }
}
