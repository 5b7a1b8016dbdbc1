package dev.hognose.collector.fleet;

import dev.hognose.sample.EventLoop;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The difference that a process's last minute made to its cumulative figures.
 *
 * <p>It keeps a reading every ten seconds, whatever the agent's interval, and compares the latest
 * with the oldest that is at most a minute old. With a single reading there is no difference yet;
 * with an interval longer than a minute it is the difference to the reading before.
 */
public final class LastMinute {

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration STEP = Duration.ofSeconds(10);

  private final List<Reading> kept;
  private final Reading latest;

  private LastMinute(List<Reading> kept, Reading latest) {
    this.kept = List.copyOf(kept);
    this.latest = latest;
  }

  static LastMinute of(Sample first) {
    return new LastMinute(List.of(), Reading.of(first));
  }

  LastMinute plus(Sample sample) {
    Reading next = Reading.of(sample);
    List<Reading> earlier = new ArrayList<>(kept);
    if (earlier.isEmpty()
        || !earlier.get(earlier.size() - 1).at().plus(STEP).isAfter(latest.at())) {
      earlier.add(latest);
    }
    // A clock that was set back has made later readings useless.
    earlier.removeIf(reading -> !reading.at().isBefore(next.at()));
    while (earlier.size() > 1 && earlier.get(0).at().isBefore(next.at().minus(WINDOW))) {
      earlier.remove(0);
    }
    return new LastMinute(earlier, next);
  }

  /** Processor time a second, in cores; empty until there are two readings. */
  public OptionalDouble cpuCores() {
    if (kept.isEmpty()) {
      return OptionalDouble.empty();
    }
    Reading base = kept.get(0);
    double nanos = Duration.between(base.at(), latest.at()).toNanos();
    return OptionalDouble.of(Math.max(0, latest.cpu().minus(base.cpu()).toNanos() / nanos));
  }

  /** The lag of a loop in the last minute, or since it began; empty when there is no such loop. */
  public Histogram lag(String loop) {
    Histogram now = latest.lag().getOrDefault(loop, Histogram.EMPTY);
    return kept.isEmpty() ? now : now.since(kept.get(0).lag().getOrDefault(loop, Histogram.EMPTY));
  }

  private record Reading(Instant at, Duration cpu, Map<String, Histogram> lag) {

    static Reading of(Sample sample) {
      Map<String, Histogram> lag = new LinkedHashMap<>();
      for (EventLoop loop : sample.loops()) {
        lag.putIfAbsent(loop.name(), loop.lag());
      }
      return new Reading(sample.at(), sample.cpu().total(), lag);
    }
  }
}
