package dev.hognose.limit;

import dev.hognose.sample.Bytes;
import dev.hognose.sample.GrowthRate;
import dev.hognose.series.Series;
import dev.hognose.series.TheilSen;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells when floors reach the limit.
 *
 * <p>The container's usage is what the kernel holds against the limit, but page cache is in it, and
 * the kernel takes that back. It counts therefore only while the process itself grows with it: not
 * when nearly all of the growth is somebody else's, and not when the process outgrows it, as cache
 * is being taken back then.
 */
final class ForecastDetector {

  /** A process that grows faster than its container by more than noise squeezes the page cache. */
  private static final double OUTGROWN = 1.5;

  private static final double BYTES_PER_KIB = 1024;

  private final LimitPolicy policy;

  ForecastDetector(LimitPolicy policy) {
    this.policy = policy;
  }

  /** A forecast of closed floors; absent while they are too few or do not rise. */
  Optional<Forecast> forecast(UseFloors floors, Bytes limit) {
    if (floors.size() < policy.least()) {
      return Optional.empty();
    }
    Series own = floors.series(UseFloor::resident);
    Series all = floors.series(UseFloor::used);
    double ownSlope = TheilSen.of(own).slope();
    double allSlope = TheilSen.of(all).slope();
    boolean shared = ownSlope >= policy.ownShare() * allSlope && ownSlope <= OUTGROWN * allSlope;
    double slope = shared ? allSlope : ownSlope;
    if (slope <= 0) {
      return Optional.empty();
    }
    boolean isContainers = shared && all.last() > own.last();
    double reached = (isContainers ? all.last() : own.last()) + floors.excursion();
    double buckets = Math.max(0, (limit.count() >> 10) - reached) / slope;
    double hoursPerFloor = (double) policy.floor().toNanos() / Duration.ofHours(1).toNanos();
    return Optional.of(
        new Forecast(
            isContainers ? Forecast.Whose.CONTAINER : Forecast.Whose.PROCESS,
            bytes(reached),
            limit,
            new GrowthRate(slope * BYTES_PER_KIB / hoursPerFloor),
            time(buckets)));
  }

  private Duration time(double buckets) {
    double longest = Duration.ofDays(3650).toMillis();
    return Duration.ofMillis(Math.round(Math.min(buckets * policy.floor().toMillis(), longest)));
  }

  /**
   * Whether a forecast of these floors can be firm at all: none is that far from the limit, and
   * most processes are, so that no slope has to be estimated.
   */
  boolean mayBeFirm(UseFloors floors, Bytes limit) {
    double last = Math.max(floors.newest().resident(), floors.newest().used());
    return isNear(bytes(last + floors.excursion()), limit);
  }

  private boolean isNear(Bytes reached, Bytes limit) {
    return reached.count() >= policy.leastShare() * limit.count();
  }

  private static Bytes bytes(double kib) {
    return new Bytes(Math.round(kib * BYTES_PER_KIB));
  }

  /**
   * Whether floors rise so evenly, and so near the limit, that the forecast may call people. What
   * only comes back to where it was before, as a sawtooth does, has not ended there before.
   */
  boolean isFirm(UseFloors floors, Forecast forecast) {
    Series series =
        floors.series(
            forecast.whose() == Forecast.Whose.CONTAINER ? UseFloor::used : UseFloor::resident);
    TheilSen whole = TheilSen.of(series);
    TheilSen half = TheilSen.of(series.slice(series.size() / 2, series.size()));
    double limitKib = forecast.limit().count() / BYTES_PER_KIB;
    return forecast.left().compareTo(policy.horizon()) <= 0
        && isNear(forecast.memory(), forecast.limit())
        && floors.newest().resident() >= floors.highest()
        && whole.balance() >= policy.leastKendall() * deviation(series.size())
        && whole.slope() * series.span() >= policy.leastGrowth() * limitKib
        && half.slope() >= policy.leastHalf() * whole.slope();
  }

  /** Of rising less falling pairs when nothing grows (Kendall). */
  private static double deviation(int n) {
    return Math.sqrt(n * (n - 1.0) * (2 * n + 5) / 18);
  }
}
