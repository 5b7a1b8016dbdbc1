package dev.hognose.leak;

import dev.hognose.leak.Trend.Verdict;
import dev.hognose.sample.GrowthRate;
import dev.hognose.sample.ProcessId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** Tells a verdict as a trend. */
record TrendOfVerdict(ProcessId process, Instant at, String version)
    implements LeakVerdict.Cases<Trend> {

  @Override
  public Trend warming(LeakVerdict.Warming verdict) {
    return still(Verdict.WARMING, verdict.floors() + " of " + verdict.needed() + " floors");
  }

  @Override
  public Trend steady() {
    return still(Verdict.STEADY, "");
  }

  @Override
  public Trend growing(Growth growth) {
    return rising(Verdict.GROWING, growth);
  }

  @Override
  public Trend suspect(Growth growth) {
    return rising(Verdict.SUSPECT, growth);
  }

  @Override
  public Trend leaking(Growth growth) {
    return rising(Verdict.LEAKING, growth);
  }

  @Override
  public Trend cleared(LeakVerdict.Cleared verdict) {
    return new Trend(
        process,
        at,
        Verdict.CLEARED,
        "",
        Optional.empty(),
        verdict.slope(),
        Optional.empty(),
        Optional.of(verdict.at()),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        version,
        1);
  }

  @Override
  public Trend unknown(LeakVerdict.Reason reason) {
    return still(Verdict.UNKNOWN, reason.toString());
  }

  /** Without growth. */
  Trend still(Verdict verdict, String reason) {
    return new Trend(
        process,
        at,
        verdict,
        reason,
        Optional.empty(),
        GrowthRate.ZERO,
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        version,
        1);
  }

  private Trend rising(Verdict verdict, Growth growth) {
    return new Trend(
        process,
        at,
        verdict,
        "",
        Optional.of(growth.where()),
        growth.slope(),
        Optional.of(growth.interval()),
        Optional.of(growth.since()),
        growth.hoursToLimit(),
        OptionalDouble.of(growth.confidence()),
        version,
        1);
  }
}
