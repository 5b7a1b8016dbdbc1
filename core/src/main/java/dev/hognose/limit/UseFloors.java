package dev.hognose.limit;

import dev.hognose.series.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The last floors of a process, by bucket; the newest is not closed yet.
 *
 * <p>Immutable, and as many as {@link LimitPolicy} says.
 *
 * @param highest resident floor of all that were there before, KiB
 */
public record UseFloors(List<UseFloor> floors, long highest) {

  static final UseFloors NONE = new UseFloors(List.of(), 0);

  /** A reading this many buckets behind the newest is of a clock that was set back. */
  private static final int BEHIND = 5;

  public UseFloors {
    floors = List.copyOf(floors);
  }

  boolean isEmpty() {
    return floors.isEmpty();
  }

  UseFloor newest() {
    return floors.get(floors.size() - 1);
  }

  /** Whether a reading comes after its bucket was closed. */
  boolean areClosedFor(UseFloor floor) {
    return !isEmpty()
        && floor.bucket() < newest().bucket()
        && floor.bucket() > newest().bucket() - BEHIND;
  }

  /** Whether it opens a bucket after the newest. */
  boolean areClosedBy(UseFloor floor) {
    return !isEmpty() && floor.bucket() > newest().bucket();
  }

  /** With one more; what is too far from it in time is forgotten. */
  UseFloors with(UseFloor floor, LimitPolicy policy) {
    if (isEmpty()
        || floor.bucket() < newest().bucket()
        || floor.bucket() - newest().bucket() > policy.longestGapFloors()) {
      return new UseFloors(List.of(floor), 0);
    }
    List<UseFloor> more = new ArrayList<>(floors);
    if (floor.bucket() == newest().bucket()) {
      more.set(more.size() - 1, newest().and(floor));
      return new UseFloors(more, highest);
    }
    more.add(floor);
    return more.size() <= policy.most()
        ? new UseFloors(more, highest)
        : new UseFloors(more.subList(1, more.size()), Math.max(highest, floors.get(0).resident()));
  }

  int size() {
    return floors.size();
  }

  /** How far the process rose above its floors. */
  long excursion() {
    return floors.stream().mapToLong(UseFloor::excursion).max().orElse(0);
  }

  Series series(ToLongFunction<UseFloor> figure) {
    return new Series(
        floors.stream().mapToDouble(UseFloor::bucket).toArray(),
        floors.stream().mapToDouble(figure::applyAsLong).toArray());
  }
}
