package dev.hognose.leak;

import dev.hognose.series.Series;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The floors of one level's last {@value #SIZE} buckets, and what was given back before.
 *
 * <p>A bucket without a reading leaves a hole. Per channel the give-back is the largest fall below
 * an earlier floor, slowly forgotten: growth that is not much larger may be a sawtooth's.
 * Immutable.
 */
final class Ring {

  static final int SIZE = 24;
  static final int WINDOW = (1 << SIZE) - 1;
  static final Ring EMPTY = new Ring(-1, 0, new int[0], new int[0], KeptShares.NONE, 0, 0);

  private final long newest;
  private final int present;
  private final int[] resident;
  private final int[] python;
  private final KeptShares kept;
  private final int residentGivenBack;
  private final int pythonGivenBack;

  /**
   * Keeps the arrays.
   *
   * @param newest bucket number of the last floor, -1 without one
   * @param present bit i says that bucket {@code newest - i} has a floor
   * @param resident floors in KiB, oldest first
   * @param python floors in KiB, oldest first
   * @param kept of the resident floors
   */
  Ring(
      long newest,
      int present,
      int[] resident,
      int[] python,
      KeptShares kept,
      int residentGivenBack,
      int pythonGivenBack) {
    this.newest = newest;
    this.present = present;
    this.resident = resident;
    this.python = python;
    this.kept = kept;
    this.residentGivenBack = residentGivenBack;
    this.pythonGivenBack = pythonGivenBack;
  }

  int size() {
    return resident.length;
  }

  long newest() {
    return newest;
  }

  int present() {
    return present;
  }

  int resident(int index) {
    return resident[index];
  }

  int python(int index) {
    return python[index];
  }

  KeptShares kept() {
    return kept;
  }

  int residentGivenBack() {
    return residentGivenBack;
  }

  int pythonGivenBack() {
    return pythonGivenBack;
  }

  /**
   * Adds the floor of a later bucket, and forgets those that leave the window.
   *
   * @param giveBackMemory see {@link TrendLimits}
   */
  Ring append(Floor floor, int giveBackMemory) {
    long passed = floor.bucket() - newest;
    int kept = passed < SIZE ? (int) ((long) present << passed & WINDOW) : 0;
    int from = size() - Integer.bitCount(kept);
    return new Ring(
        floor.bucket(),
        kept | 1,
        appended(resident, from, floor.resident()),
        appended(python, from, floor.python()),
        this.kept.append(floor, from),
        givenBack(residentGivenBack, resident, floor.resident(), giveBackMemory),
        givenBack(pythonGivenBack, python, floor.python(), giveBackMemory));
  }

  private static int[] appended(int[] floors, int from, int floor) {
    int[] more = Arrays.copyOfRange(floors, from, floors.length + 1);
    more[more.length - 1] = floor;
    return more;
  }

  private static int givenBack(int before, int[] floors, int floor, int giveBackMemory) {
    int most = before - (floors.length == 0 ? 0 : before >> giveBackMemory);
    for (int earlier : floors) {
      most = Math.max(most, earlier - floor);
    }
    return most;
  }

  /** Bucket numbers of the floors, oldest first. */
  long[] buckets() {
    return buckets(newest, present);
  }

  static long[] buckets(long newest, int present) {
    long[] buckets = new long[Integer.bitCount(present)];
    int index = buckets.length;
    for (int back = 0; back < SIZE; back++) {
      if ((present >> back & 1) == 1) {
        buckets[--index] = newest - back;
      }
    }
    return buckets;
  }

  /** Index of the floor of a bucket; below zero when there is none. */
  int place(long bucket) {
    long back = newest - bucket;
    return back >= 0 && back < SIZE && ((present >> back) & 1) == 1
        ? size() - 1 - Integer.bitCount(present & ((1 << back) - 1))
        : -1;
  }

  /** Whether there is a floor of either half of a bucket that is twice as wide. */
  boolean knows(long wider) {
    return place(wider << 1) >= 0 || place((wider << 1) | 1) >= 0;
  }

  Series residentSeries() {
    return series(resident);
  }

  Series pythonSeries() {
    return series(python);
  }

  /** What the C library keeps, KiB, where it is known. */
  Series keptSeries() {
    long[] buckets = buckets();
    int[] known = IntStream.range(0, size()).filter(kept::isKnown).toArray();
    return new Series(
        Arrays.stream(known).mapToDouble(i -> buckets[i]).toArray(),
        Arrays.stream(known).mapToDouble(i -> kept.kib(i, resident[i])).toArray());
  }

  private Series series(int[] floors) {
    long[] buckets = buckets();
    double[] x = new double[buckets.length];
    double[] y = new double[buckets.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = buckets[i];
      y[i] = floors[i];
    }
    return new Series(x, y);
  }

  /** Whether the last floors are all so high that the new one is below this share of them. */
  boolean liesFarAbove(Floor floor, int last, double share) {
    int from = Math.max(0, size() - last);
    return floor.resident() < share * lowest(resident, from)
        && floor.python() < share * lowest(python, from);
  }

  private static int lowest(int[] floors, int from) {
    int lowest = floors[from];
    for (int i = from + 1; i < floors.length; i++) {
      lowest = Math.min(lowest, floors[i]);
    }
    return lowest;
  }
}
