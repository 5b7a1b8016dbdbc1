package dev.hognose.diagnosis;

import java.time.Duration;

/** What changed between two readings. What was not read at both ends is not a number. */
record Span(Reading from, Reading to) {

  double seconds() {
    return Duration.between(from.at(), to.at()).toNanos() / 1e9;
  }

  /** Of a total; not a number, too, where it ran backwards: it counts anew. */
  double grown(Figure total) {
    return forwards(to.figure(total) - from.figure(total));
  }

  /** A second. */
  double rate(Figure total) {
    return grown(total) / seconds();
  }

  /**
   * Of a named total. What was not there before began at zero, unless there were more names than
   * are told: then nobody knows.
   */
  double grown(Name total) {
    double before = from.named(total);
    if (Double.isNaN(before)) {
      return from.isFull(total.group()) ? Double.NaN : to.named(total);
    }
    return forwards(to.named(total) - before);
  }

  private static double forwards(double change) {
    return change < 0 ? Double.NaN : change;
  }
}
