package dev.hognose.series;

import java.util.Arrays;

/** Floors of one channel over their bucket numbers, ascending; at least one. */
public final class Series {

  private final double[] buckets;
  private final double[] floors;

  /** Keeps both arrays. */
  public Series(double[] buckets, double[] floors) {
    this.buckets = buckets;
    this.floors = floors;
  }

  public int size() {
    return floors.length;
  }

  public double bucket(int index) {
    return buckets[index];
  }

  public double floor(int index) {
    return floors[index];
  }

  public double first() {
    return floors[0];
  }

  public double last() {
    return floors[floors.length - 1];
  }

  /** Buckets from the first to the last. */
  public double span() {
    return buckets[buckets.length - 1] - buckets[0];
  }

  public Series slice(int from, int to) {
    return new Series(Arrays.copyOfRange(buckets, from, to), Arrays.copyOfRange(floors, from, to));
  }

  public double median(int from, int to) {
    return Median.of(Arrays.copyOfRange(floors, from, to));
  }
}
