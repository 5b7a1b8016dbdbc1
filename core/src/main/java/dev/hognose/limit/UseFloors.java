package dev.hognose.limit;

import dev.hognose.series.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * The last floors of a process, by bucket; the newest is not closed yet.
 *
 * <p>Immutable, and as many as {@link LimitPolicy} says.
 *
 * @param highest resident floor of all that were there before, KiB
 * @param stray bucket of the latest reading, if its time does not go on from the floors
 */
public record UseFloors(List<UseFloor> floors, long highest, OptionalLong stray) {

  static final UseFloors NONE = new UseFloors(List.of(), 0, OptionalLong.empty());

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

  /** Whether its time is too far from the floors to go on from them. */
  boolean areFarFrom(UseFloor floor, LimitPolicy policy) {
    return !isEmpty()
        && (isBehind(floor) || floor.bucket() - newest().bucket() > policy.longestGapFloors());
  }

  boolean isBehind(UseFloor floor) {
    return floor.bucket() < newest().bucket();
  }

  /** Whether it goes on from the reading before, which did not go on from the floors. */
  boolean isConfirmedBy(UseFloor floor) {
    return stray.isPresent() && floor.bucket() >= stray.getAsLong();
  }

  /** After a reading whose time is doubted: the next one shows which of the two is wrong. */
  UseFloors doubting(UseFloor floor) {
    return new UseFloors(floors, highest, OptionalLong.of(floor.bucket()));
  }

  /** Whether it opens a bucket after the newest. */
  boolean areClosedBy(UseFloor floor) {
    return !isEmpty() && floor.bucket() > newest().bucket();
  }

  /** With one more; what is too far from it in time is forgotten. */
  UseFloors with(UseFloor floor, LimitPolicy policy) {
    if (isEmpty() || areFarFrom(floor, policy)) {
      return new UseFloors(List.of(floor), 0, OptionalLong.empty());
    }
    if (floor.bucket() == newest().bucket()) {
      return new UseFloors(withNewest(newest().and(floor)), highest, OptionalLong.empty());
    }
    List<UseFloor> more = new ArrayList<>(floors);
    more.add(floor);
    return more.size() <= policy.most()
        ? new UseFloors(more, highest, OptionalLong.empty())
        : new UseFloors(
            more.subList(1, more.size()),
            Math.max(highest, floors.get(0).resident()),
            OptionalLong.empty());
  }

  /** The same list when the newest is as it was, which is so after most samples. */
  private List<UseFloor> withNewest(UseFloor newest) {
    if (newest.equals(newest())) {
      return floors;
    }
    List<UseFloor> changed = new ArrayList<>(floors);
    changed.set(changed.size() - 1, newest);
    return changed;
  }

  int size() {
    return floors.size();
  }

  /** How far the process rose above its floors. */
  long excursion() {
    long most = 0;
    for (UseFloor floor : floors) {
      most = Math.max(most, floor.excursion());
    }
    return most;
  }

  Series series(ToLongFunction<UseFloor> figure) {
    return new Series(
        floors.stream().mapToDouble(UseFloor::bucket).toArray(),
        floors.stream().mapToDouble(figure::applyAsLong).toArray());
  }
}
