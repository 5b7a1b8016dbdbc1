package dev.hognose.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One level through the readings, from the last one in which it was not read. */
final class Series {

  private final double[] values;
  private final Instant[] times;

  Series(List<Reading> readings, ToDoubleFunction<Reading> level) {
    int from = readings.size();
    while (from > 0 && !Double.isNaN(level.applyAsDouble(readings.get(from - 1)))) {
      from--;
    }
    List<Reading> known = readings.subList(from, readings.size());
    values = known.stream().mapToDouble(level).toArray();
    times = known.stream().map(Reading::at).toArray(Instant[]::new);
  }

  int size() {
    return values.length;
  }

  /** Counted from the newest, which is 0. */
  double back(int readings) {
    return values[values.length - 1 - readings];
  }

  Duration time(int readings) {
    return Duration.between(times[times.length - 1 - readings], times[times.length - 1]);
  }

  /** The furthest that it fell within the last readings. */
  double largestFall(int readings) {
    double highest = back(readings);
    double fall = 0;
    for (int i = readings - 1; i >= 0; i--) {
      fall = Math.max(fall, highest - back(i));
      highest = Math.max(highest, back(i));
    }
    return fall;
  }
}
