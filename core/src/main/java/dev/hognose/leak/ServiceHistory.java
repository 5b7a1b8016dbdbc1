package dev.hognose.leak;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * All that is remembered of a service between two stretches: its processes' lives, and what ended
 * lives have shown.
 *
 * <p>Immutable. Packed it takes about 80 bytes a process and 30 a remembered life; both are bounded
 * in number by {@link ServicePolicy}.
 */
public final class ServiceHistory {

  private static final ServiceHistory INITIAL =
      new ServiceHistory(-1, Collections.emptySortedMap(), List.of());

  private final long stretch;
  private final SortedMap<String, Place> places;
  private final List<PastLife> past;

  /**
   * Keeps its parts, which nobody else may change.
   *
   * @param stretch number of the one that was judged last, -1 before any
   */
  ServiceHistory(long stretch, SortedMap<String, Place> places, List<PastLife> past) {
    this.stretch = stretch;
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

  /** Number of the stretch that was judged last, -1 before any. */
  public long stretch() {
    return stretch;
  }

  SortedMap<String, Place> places() {
    return places;
  }

  /** In the order in which they ended. */
  List<PastLife> past() {
    return past;
  }
}
