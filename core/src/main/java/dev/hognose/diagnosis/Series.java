package dev.hognose.diagnosis;

import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One level through the readings, from the last one in which it was not read. */
final class Series {

  private final List<Reading> readings;

  /** As many as there are readings; those from {@code from} on were read. */
  private final double[] values;

  private final int from;

  Series(List<Reading> readings, ToDoubleFunction<Reading> level) {
    this.readings = readings;
    values = new double[readings.size()];
    int first = values.length;
    while (first > 0 && isRead(first - 1, level)) {
      first--;
    }
    from = first;
  }

  private boolean isRead(int place, ToDoubleFunction<Reading> level) {
    values[place] = level.applyAsDouble(readings.get(place));
    return !Double.isNaN(values[place]);
  }

  int size() {
    return values.length - from;
  }

  /** Counted from the newest, which is 0. */
  double back(int count) {
    return values[values.length - 1 - count];
  }

  Duration time(int count) {
    return Duration.ofMillis(atMs(0) - atMs(count));
  }

  private long atMs(int count) {
    return readings.get(values.length - 1 - count).atMs();
  }

  /** The furthest that it fell within the last readings. */
  double largestFall(int last) {
    double highest = back(last);
    double fall = 0;
    for (int i = last - 1; i >= 0; i--) {
      fall = Math.max(fall, highest - back(i));
      highest = Math.max(highest, back(i));
    }
    return fall;
  }
}
