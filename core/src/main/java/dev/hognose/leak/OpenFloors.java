package dev.hognose.leak;

import java.util.Arrays;

/**
 * Floors of the buckets that are not closed yet, by bucket number.
 *
 * <p>With a grace of less than a bucket two stay open between readings.
 */
final class OpenFloors {

  static final int MOST = 2;
  static final OpenFloors EMPTY = new OpenFloors(new Floor[0]);

  private final Floor[] floors;

  private OpenFloors(Floor[] floors) {
    this.floors = floors;
  }

  int size() {
    return floors.length;
  }

  boolean isEmpty() {
    return floors.length == 0;
  }

  Floor oldest() {
    return floors[0];
  }

  Floor get(int index) {
    return floors[index];
  }

  /** Itself if nothing is lowered, which is the usual case. */
  OpenFloors with(Floor floor) {
    int place = floors.length;
    while (place > 0 && floors[place - 1].bucket() > floor.bucket()) {
      place--;
    }
    if (place > 0 && floors[place - 1].bucket() == floor.bucket()) {
      return lowered(place - 1, floor);
    }
    Floor[] more = Arrays.copyOf(floors, floors.length + 1);
    System.arraycopy(floors, place, more, place + 1, floors.length - place);
    more[place] = floor;
    return new OpenFloors(more);
  }

  private OpenFloors lowered(int place, Floor floor) {
    Floor lowered = floors[place].lowered(floor);
    if (lowered.equals(floors[place])) {
      return this;
    }
    Floor[] copy = floors.clone();
    copy[place] = lowered;
    return new OpenFloors(copy);
  }

  OpenFloors withoutOldest() {
    return floors.length == 1
        ? EMPTY
        : new OpenFloors(Arrays.copyOfRange(floors, 1, floors.length));
  }
}
