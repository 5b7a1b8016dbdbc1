package dev.hognose.leak;

import dev.hognose.series.Series;
import dev.hognose.series.TheilSen;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The floors of one channel of a ring, and what is asked of them several times when a bucket
 * closes: each is worked out once. Used by one thread.
 */
final class Channel {

  private final Series floors;
  private final double hours;
  private Optional<TheilSen> trend = Optional.empty();
  private Optional<LongRunSlope> longRun = Optional.empty();
  private OptionalDouble firstHalf = OptionalDouble.empty();
  private OptionalDouble secondHalf = OptionalDouble.empty();

  /**
   * Keeps the floors.
   *
   * @param floors two at least
   * @param hours of the floors, policy hours
   */
  Channel(Series floors, double hours) {
    this.floors = floors;
    this.hours = hours;
  }

  Series floors() {
    return floors;
  }

  double hours() {
    return hours;
  }

  TheilSen trend() {
    if (trend.isEmpty()) {
      trend = Optional.of(TheilSen.of(floors));
    }
    return trend.get();
  }

  /** KiB per bucket of the level, whatever its quality. */
  double slope() {
    return trend().slope();
  }

  /** Slope of the earlier half of the floors, the smaller one of an odd number. */
  double firstHalf() {
    if (firstHalf.isEmpty()) {
      firstHalf = OptionalDouble.of(slope(0, floors.size() >> 1));
    }
    return firstHalf.getAsDouble();
  }

  double secondHalf() {
    if (secondHalf.isEmpty()) {
      secondHalf = OptionalDouble.of(slope(floors.size() >> 1, floors.size()));
    }
    return secondHalf.getAsDouble();
  }

  private double slope(int from, int to) {
    return TheilSen.of(floors.slice(from, to)).slope();
  }

  LongRunSlope longRun() {
    if (longRun.isEmpty()) {
      longRun = Optional.of(LongRunSlope.of(this));
    }
    return longRun.get();
  }
}
