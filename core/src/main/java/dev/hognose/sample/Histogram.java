package dev.hognose.sample;

import java.time.Duration;
import java.util.Arrays;

/**
 * Observations since a process started, counted in buckets over {@link #BOUNDS}.
 *
 * <p>{@code count(i)} is how many were at most {@code BOUNDS[i]} seconds and above the bound
 * before; the last bucket takes what is above the last bound.
 */
public final class Histogram {

  /**
   * Upper bounds in seconds, the same for every histogram; the contract's telemetry.proto lists
   * them, too.
   */
  private static final double[] BOUNDS = {
    0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  public static final Histogram EMPTY = new Histogram(new long[0], 0);

  private final long[] counts;
  private final double sumSeconds;

  private Histogram(long[] counts, double sumSeconds) {
    this.counts = counts;
    this.sumSeconds = sumSeconds;
  }

  /**
   * Takes the counts as the wire has them.
   *
   * @param counts by bucket; trailing zeros may be left out
   * @param sumSeconds of all observations
   * @throws IllegalArgumentException for too many buckets, a negative count or a sum that is none
   */
  public static Histogram of(long[] counts, double sumSeconds) {
    if (counts.length > BOUNDS.length + 1) {
      throw new IllegalArgumentException(
          "histogram of " + counts.length + " buckets: expected at most " + (BOUNDS.length + 1));
    }
    for (long count : counts) {
      if (count < 0) {
        throw new IllegalArgumentException("histogram count=" + count + ": expected none or more");
      }
    }
    if (!(sumSeconds >= 0) || Double.isInfinite(sumSeconds)) {
      throw new IllegalArgumentException(
          "histogram sum=" + sumSeconds + ": expected seconds, none or more");
    }
    return new Histogram(Arrays.copyOf(counts, BOUNDS.length + 1), sumSeconds);
  }

  public static double[] bounds() {
    return BOUNDS.clone();
  }

  /** How many buckets a histogram has: one more than there are bounds. */
  public static int buckets() {
    return BOUNDS.length + 1;
  }

  /** How many buckets there are up to the last one that has counted anything. */
  public int usedBuckets() {
    int used = counts.length;
    while (used > 0 && counts[used - 1] == 0) {
      used--;
    }
    return used;
  }

  public long count(int bucket) {
    return bucket < counts.length ? counts[bucket] : 0;
  }

  /** Of all buckets. */
  public long count() {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  public double sumSeconds() {
    return sumSeconds;
  }

  /** Both together; a count that is too large for its type stays the largest there is. */
  public Histogram plus(Histogram other) {
    long[] sum = new long[buckets()];
    for (int i = 0; i < sum.length; i++) {
      long both = count(i) + other.count(i);
      sum[i] = both < 0 ? Long.MAX_VALUE : both;
    }
    return new Histogram(sum, sumSeconds + other.sumSeconds);
  }

  /** The same counts with a sum that is known more exactly. */
  public Histogram withSum(Duration sum) {
    return new Histogram(counts, sum.getSeconds() + sum.getNano() / 1e9);
  }

  /** What was observed after {@code earlier}; everything, when a counter ran backwards since. */
  public Histogram since(Histogram earlier) {
    long[] grown = new long[buckets()];
    for (int i = 0; i < grown.length; i++) {
      grown[i] = count(i) - earlier.count(i);
      if (grown[i] < 0) {
        return this;
      }
    }
    return new Histogram(grown, Math.max(0, sumSeconds - earlier.sumSeconds));
  }

  /**
   * The bound that at least the share {@code q} of the observations does not exceed, in seconds; 0
   * without observations, infinite when it is above the last bound.
   */
  public double quantileBound(double q) {
    long needed = (long) Math.ceil(q * count());
    long seen = 0;
    for (int i = 0; i < BOUNDS.length; i++) {
      seen += count(i);
      if (seen >= needed) {
        return needed == 0 ? 0 : BOUNDS[i];
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Histogram that
        && sumSeconds == that.sumSeconds
        && Arrays.equals(Arrays.copyOf(counts, buckets()), Arrays.copyOf(that.counts, buckets()));
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(Arrays.copyOf(counts, buckets())) + Double.hashCode(sumSeconds);
  }

  @Override
  public String toString() {
    return "Histogram[counts=" + Arrays.toString(counts) + ", sumSeconds=" + sumSeconds + "]";
  }
}
