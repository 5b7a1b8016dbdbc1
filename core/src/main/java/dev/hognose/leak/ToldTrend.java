package dev.hognose.leak;

import dev.hognose.sample.GrowthRate;
import java.util.Optional;
import java.util.OptionalDouble;

/** What matters of the trend that was told last. */
public record ToldTrend(
    Trend.Verdict verdict,
    Optional<Trend.Where> where,
    GrowthRate slope,
    OptionalDouble hoursToLimit,
    int peersSharing) {

  static ToldTrend of(Trend trend) {
    return new ToldTrend(
        trend.verdict(), trend.where(), trend.slope(), trend.hoursToLimit(), trend.peersSharing());
  }

  boolean differsFrom(ToldTrend now, LeakAlertPolicy policy) {
    return verdict != now.verdict
        || !where.equals(now.where)
        || policy.isMarked(peersSharing, now.peersSharing)
        || policy.isMarked(slope.bytesPerHour(), now.slope.bytesPerHour())
        || hoursToLimit.isPresent() != now.hoursToLimit.isPresent()
        || policy.isMarked(hoursToLimit.orElse(1), now.hoursToLimit.orElse(1));
  }
}
