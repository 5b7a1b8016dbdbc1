package dev.hognose.diagnosis;

import dev.hognose.alert.Largest;
import java.time.Instant;
import java.util.Comparator;

/**
 * How much one ailment weighs; of equals the one that was seen first counts for more.
 *
 * @param weight how many times it passes what is tolerated, added up over the processes
 * @param key of the ailment
 */
record Burden(double weight, Instant from, String key) implements Largest.Rank, Comparable<Burden> {

  private static final Comparator<Burden> ORDER =
      Comparator.comparingDouble(Burden::weight)
          .thenComparing(Burden::from, Comparator.reverseOrder())
          .thenComparing(Burden::key);

  static Burden of(Cases cases) {
    double weight = cases.all().stream().mapToDouble(each -> each.processes().weight()).sum();
    return new Burden(weight, cases.oldest(), cases.ailment().key());
  }

  @Override
  public int compareTo(Burden other) {
    return ORDER.compare(this, other);
  }
}
