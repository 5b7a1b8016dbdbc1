package dev.hognose.leak;

/**
 * Floors of one resolution: its ring, the bucket being filled, and what its last test found.
 *
 * @param open floor of the bucket being filled; none at the finest level, whose open floors are
 *     {@link OpenFloors}
 */
record Level(Ring ring, Floor open, Finding finding) {

  /** Levels of a life: buckets of 1, 2, 4, ... 128 times the policy's. */
  static final int COUNT = 8;

  /** Floors that a test needs. */
  static final int ENOUGH = 12;

  static final Level EMPTY = new Level(Ring.EMPTY, Floor.NONE, Finding.UNTESTED);

  boolean hasEnough() {
    return ring.size() >= ENOUGH;
  }

  /** Takes a floor into the bucket being filled. */
  Level filled(Floor floor) {
    return new Level(ring, open.bucket() == floor.bucket() ? open.lowered(floor) : floor, finding);
  }

  /** Appends a closed bucket; a level that has too few floors now knows nothing. */
  Level closed(Floor floor, int giveBackMemory) {
    Ring longer = ring.append(floor, giveBackMemory);
    return new Level(longer, open, longer.size() < ENOUGH ? Finding.UNTESTED : finding);
  }

  /** Whether what rises was found under another limit than this, KiB, 0 without one. */
  boolean isTestedWithAnother(long limitKib) {
    return finding.candidate().filter(found -> found.limitKib() != limitKib).isPresent();
  }

  Level found(Finding found) {
    return new Level(ring, open, found);
  }
}
