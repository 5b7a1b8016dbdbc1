package dev.hognose.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What diagnoses judge: the last readings of a process, a window apart.
 *
 * @param readings oldest first, one at least
 * @param usual how often exceptions come, a second, by name; what is not there never came
 */
record History(List<Reading> readings, SortedMap<Name, Double> usual) {

  History {
    readings = List.copyOf(readings);
    if (readings.isEmpty()) {
      throw new IllegalArgumentException("history of no readings: expected 1 or more");
    }
  }

  Reading newest() {
    return readings.get(readings.size() - 1);
  }

  /** The last windows one by one, oldest first; none at all while there are not so many. */
  List<Span> last(int windows) {
    List<Span> spans = new ArrayList<>();
    int first = readings.size() - 1 - windows;
    for (int i = Math.max(0, first); first >= 0 && i < readings.size() - 1; i++) {
      spans.add(new Span(readings.get(i), readings.get(i + 1)));
    }
    return spans;
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

  Series series(Name level) {
    return new Series(readings, reading -> reading.named(level));
  }

  /** The names of a group that the newest reading tells, in their order. */
  SortedSet<Name> names(Group group) {
    return new TreeSet<>(newest().group(group).keySet());
  }

  /** A second. */
  double usual(Name exception) {
    return usual.getOrDefault(exception, 0.0);
  }
}
