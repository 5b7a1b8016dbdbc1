package dev.hognose.leak;

import dev.hognose.sample.GrowthRate;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** Lives that have come to rest, that rise, or that climb without rising just now. */
final class Lived {

  static final long HOUR_MS = 3_600_000;

  /** When they were seen last. */
  static final long SEEN_MS = 1_760_000_000_000L;

  static final Growth GROWTH = growth(1e6);

  private Lived() {}

  /** What a life does when it is seen last. */
  enum Doing {
    RISING,
    RESTED,
    CLIMBING
  }

  static Life life(String version, Doing doing, double hours) {
    long bornMs = SEEN_MS - Math.round(hours * HOUR_MS);
    long markedMs = doing == Doing.RESTED ? bornMs : SEEN_MS;
    return new Life(
        bornMs,
        bornMs,
        SEEN_MS,
        climb(markedMs),
        climb(markedMs),
        0,
        doing == Doing.RISING ? SEEN_MS : 0,
        version);
  }

  static Place place(Life life) {
    return new Place(
        life, Place.Earlier.NONE, 0, Optional.empty(), "", Stand.NONE, Optional.empty());
  }

  static Growth growth(double slope) {
    GrowthRate rate = new GrowthRate(slope);
    return new Growth(
        Trend.Where.NATIVE,
        rate,
        new Trend.SlopeInterval(rate, rate),
        Instant.EPOCH,
        OptionalDouble.empty(),
        0.8);
  }

  private static Climb climb(long markedMs) {
    return new Climb(50_000, 60_000, 60_000, 0, 10_000, markedMs);
  }
}
