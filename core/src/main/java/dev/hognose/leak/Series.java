package dev.hognose.leak;

import java.util.Arrays;

/** Floors of one channel over their bucket numbers, ascending; at least one. */
final class Series {

  private final double[] buckets;
  private final double[] floors;

  /** Keeps both arrays. */
  Series(double[] buckets, double[] floors) {
    this.buckets = buckets;
    this.floors = floors;
  }

  int size() {
    return floors.length;
  }

  double bucket(int index) {
    return buckets[index];
  }

  double floor(int index) {
    return floors[index];
  }

  double first() {
    return floors[0];
  }

  double last() {
    return floors[floors.length - 1];
  }

  /** Buckets from the first to the last. */
  double span() {
    return buckets[buckets.length - 1] - buckets[0];
  }

  Series slice(int from, int to) {
    return new Series(Arrays.copyOfRange(buckets, from, to), Arrays.copyOfRange(floors, from, to));
  }

  double median(int from, int to) {
    return Median.of(Arrays.copyOfRange(floors, from, to));
  }
}
