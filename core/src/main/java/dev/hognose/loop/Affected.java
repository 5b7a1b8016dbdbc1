package dev.hognose.loop;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The processes that an episode touched, by the digest of their keys; at most {@value #MOST}, the
 * rest is not counted.
 */
public record Affected(SortedSet<Long> processes) {

  private static final int MOST = 1_000;

  public Affected {
    processes = Collections.unmodifiableSortedSet(new TreeSet<>(processes));
  }

  static Affected one(long process) {
    return new Affected(new TreeSet<>(Set.of(process)));
  }

  int count() {
    return processes.size();
  }

  /** Whether there may be more than are counted. */
  boolean isFull() {
    return count() >= MOST;
  }

  /** The end of a title; nothing where one process is affected. */
  String words() {
    return count() == 1 ? "" : ", in " + count() + (isFull() ? " or more" : "") + " processes";
  }

  /** Keeps the lowest digests, so that the order in which processes come makes no difference. */
  Affected and(Affected other) {
    if (processes.containsAll(other.processes)) {
      return this;
    }
    TreeSet<Long> all = new TreeSet<>(processes);
    all.addAll(other.processes);
    while (all.size() > MOST) {
      all.pollLast();
    }
    return new Affected(all);
  }
}
