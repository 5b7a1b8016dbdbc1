package dev.hognose.diagnosis;

import dev.hognose.sample.Frame;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What diagnoses judge: the last readings of a process, a window apart.
 *
 * @param readings oldest first, one at least
 * @param hot where its threads were seen most, as far as it was profiled
 * @param usual how often exceptions come, a second, by name; what is not there never came
 */
record History(List<Reading> readings, Named usual, HotThreads hot) {

  History {
    readings = List.copyOf(readings);
    if (readings.isEmpty()) {
      throw new IllegalArgumentException("history of no readings: expected 1 or more");
    }
  }

  Reading newest() {
    return readings.get(readings.size() - 1);
  }

  /** Whether it was so in each of the last windows; not while there are not so many. */
  boolean always(int windows, Predicate<Span> so) {
    int first = readings.size() - 1 - windows;
    for (int i = readings.size() - 2; i >= Math.max(0, first); i--) {
      if (!so.test(new Span(readings.get(i), readings.get(i + 1)))) {
        return false;
      }
    }
    return first >= 0;
  }

  /** The last windows as one, or as many as there are. */
  Span lastAsOne(int windows) {
    return new Span(readings.get(Math.max(0, readings.size() - 1 - windows)), newest());
  }

  /** The same, of figures that every sample has: from the first sample on, not from the start. */
  Span lastMeasured(int windows) {
    Span whole = lastAsOne(windows);
    boolean isFromBirth = whole.from().sequence() == 0 && readings.size() > 1;
    return isFromBirth ? new Span(readings.get(1), newest()) : whole;
  }

  Series series(Figure level) {
    return new Series(readings, reading -> reading.figure(level));
  }

  /** Of a name in a group. */
  Series series(Group group, String name) {
    return new Series(readings, reading -> reading.group(group).value(name));
  }

  /** Where threads of the name compute, unless the last profile is older than the readings. */
  Optional<Frame> hot(String threads) {
    return hot.in(threads, readings.get(0).at());
  }

  /** A second. */
  double usual(String exception) {
    double rate = usual.value(exception);
    return Double.isNaN(rate) ? 0 : rate;
  }
}
