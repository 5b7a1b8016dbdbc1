package dev.hognose.leak;

import java.util.Arrays;

/** The middle value; of an even number of values the mean of the two in the middle. */
final class Median {

  private Median() {}

  /** Sorts the values. */
  static double of(double[] values) {
    Arrays.sort(values);
    int middle = values.length >> 1;
    return (values.length & 1) == 1 ? values[middle] : (values[middle - 1] + values[middle]) * 0.5;
  }
}
