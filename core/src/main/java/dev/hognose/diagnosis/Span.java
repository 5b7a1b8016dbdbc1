package dev.hognose.diagnosis;

import java.time.Duration;

/** What changed between two readings. What was not read at both ends is not a number. */
record Span(Reading from, Reading to) {

  double seconds() {
    return Duration.ofMillis(to.atMs() - from.atMs()).toNanos() / 1e9;
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
   * Of a named total, by its place in the later reading. What was not there before began at zero,
   * unless there were more names than are told: then nobody knows.
   */
  double grown(Group group, int place) {
    Named now = to.group(group);
    double before = from.group(group).valueAsIn(now, place);
    if (Double.isNaN(before)) {
      return from.isFull(group) ? Double.NaN : now.value(place);
    }
    return forwards(now.value(place) - before);
  }

  private static double forwards(double change) {
    return change < 0 ? Double.NaN : change;
  }
}
