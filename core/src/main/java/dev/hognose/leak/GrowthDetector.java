package dev.hognose.leak;

import dev.hognose.sample.GrowthRate;
import dev.hognose.series.Hinge;
import dev.hognose.series.Series;
import dev.hognose.series.TheilSen;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** Asks both channels of one level whether they rise, and says what it means together. */
final class GrowthDetector {

  private static final double BYTES_PER_KIB = 1024;

  /** Below so many policy hours growth must be large from the start, or it is not worth a test. */
  private static final double SHORT_HOURS = 2.0;

  private static final double SMALL_SHARE = 0.05;

  /** Share of the resident slope that the Python heap must explain to be the cause. */
  private static final double EXPLAINED = 0.25;

  /** In real programs a block has 44 to 75 bytes, and is counted as 64. */
  private static final double SMALLEST_BLOCK = 44 / 64.0;

  private static final double LARGEST_BLOCK = 75 / 64.0;

  /** Share of the resident slope that the C library must keep to be the cause. */
  private static final double KEPT = 0.5;

  private final LeakPolicy policy;
  private final RiseDetector trend;
  private final int level;
  private final Ring ring;

  GrowthDetector(LeakPolicy policy, int level, Ring ring) {
    this.policy = policy;
    this.trend = new RiseDetector(policy.trend());
    this.level = level;
    this.ring = ring;
  }

  /** Policy hours from the start of the first floor to the end of the last. */
  double hours() {
    long[] buckets = ring.buckets();
    return (buckets[buckets.length - 1] - buckets[0] + 1) * policy.hoursPerBucket(level);
  }

  boolean isLongEnough() {
    return hours() >= policy.leastHours();
  }

  /** Tests both channels. */
  Optional<Candidate> candidate(LeakState.Head head) {
    Series resident = ring.residentSeries();
    Series python = ring.pythonSeries();
    double headroom = Candidate.headroomKib(policy, head.limitKib(), resident.first());
    double rough = Math.max(resident.last() - resident.first(), python.last() - python.first());
    if (hours() < SHORT_HOURS && rough < SMALL_SHARE * headroom) {
      return Optional.empty();
    }
    double pace = policy.hoursPerBucket(level);
    Optional<Rise> residentRise =
        trend.rise(resident, policy.trend().leastTauResident(), ring.residentGivenBack(), pace);
    Optional<Rise> pythonRise =
        trend.rise(python, policy.trend().leastTauPython(), ring.pythonGivenBack(), pace);
    return residentRise
        .or(() -> pythonRise)
        .map(rise -> candidate(head, rise, residentRise, pythonRise));
  }

  private Candidate candidate(
      LeakState.Head head, Rise rise, Optional<Rise> residentRise, Optional<Rise> pythonRise) {
    Trend.Where where = where(residentRise, pythonRise);
    Series series =
        where == Trend.Where.PYTHON_HIDDEN ? ring.pythonSeries() : ring.residentSeries();
    double first = ring.resident(0);
    double room = policy.roomKib(head.limitKib(), first);
    double evenness =
        where == Trend.Where.PYTHON
            ? Math.max(rise.evenness(), pythonRise.map(Rise::evenness).orElse(0.0))
            : rise.evenness();
    return new Candidate(
        where,
        hours(),
        rise.growth(),
        first,
        head.limitKib(),
        rise.tau(),
        evenness,
        1,
        rate(rise.slope()),
        where == Trend.Where.PYTHON_HIDDEN ? blocks(head, interval(series)) : interval(series),
        since(series, head.startedAtMs()),
        hoursTo(room, residentRise.map(Rise::slope).orElse(0.0)));
  }

  private Trend.SlopeInterval interval(Series series) {
    LongRunSlope slopes = LongRunSlope.of(series, hours());
    return new Trend.SlopeInterval(rate(slopes.low()), rate(slopes.high()));
  }

  /**
   * Growth that only the count of blocks tells is as uncertain as the size of a block, which is no
   * larger than all resident memory shared out over the blocks.
   */
  private Trend.SlopeInterval blocks(LeakState.Head head, Trend.SlopeInterval counted) {
    if (head.pythonFigure() == LeakState.PythonFigure.TRACED) {
      return counted;
    }
    int last = ring.size() - 1;
    double largest = (double) ring.resident(last) / Math.max(ring.python(last), 1);
    double low = counted.low().bytesPerHour();
    return new Trend.SlopeInterval(
        new GrowthRate(low * (low > 0 ? SMALLEST_BLOCK : LARGEST_BLOCK)),
        new GrowthRate(counted.high().bytesPerHour() * Math.max(LARGEST_BLOCK, largest)));
  }

  /** The interval of the channel that rises faster. */
  Trend.SlopeInterval interval() {
    return interval(residentSlope() >= pythonSlope() ? ring.residentSeries() : ring.pythonSeries());
  }

  /** Start of the first floor that rises, of which the process may have seen a part only. */
  private Instant since(Series series, long startedAtMs) {
    long bucketStartMs = (ring.buckets()[Hinge.of(series).index()] << level) * policy.bucketMs();
    return Instant.ofEpochMilli(Math.max(bucketStartMs, startedAtMs));
  }

  /** When a channel of this level began to rise, whatever the quality of its floors. */
  Instant since(Trend.Where where, long startedAtMs) {
    return since(
        where == Trend.Where.PYTHON_HIDDEN ? ring.pythonSeries() : ring.residentSeries(),
        startedAtMs);
  }

  private Trend.Where where(Optional<Rise> resident, Optional<Rise> python) {
    if (resident.isEmpty()) {
      return Trend.Where.PYTHON_HIDDEN;
    }
    double explained = EXPLAINED * resident.get().slope();
    if (python.filter(rise -> rise.slope() >= explained).isPresent()) {
      return Trend.Where.PYTHON;
    }
    return isKept(resident.get()) ? Trend.Where.FRAGMENTATION : Trend.Where.NATIVE;
  }

  /** Whether what the C library keeps rises with resident memory, so that nobody holds it. */
  private boolean isKept(Rise resident) {
    Series kept = ring.keptSeries();
    return kept.size() >= Level.ENOUGH && TheilSen.of(kept).slope() >= KEPT * resident.slope();
  }

  /** Slope of the resident floors, KiB per bucket of the level, whatever its quality. */
  double residentSlope() {
    return TheilSen.of(ring.residentSeries()).slope();
  }

  /** Slope of the Python heap's floors, KiB per bucket of the level, whatever its quality. */
  double pythonSlope() {
    return TheilSen.of(ring.pythonSeries()).slope();
  }

  GrowthRate rate(double kibPerBucket) {
    return new GrowthRate(kibPerBucket * BYTES_PER_KIB / policy.realHoursPerBucket(level));
  }

  /**
   * Real hours until resident memory is there.
   *
   * @param slopeKibPerBucket of resident memory
   * @return absent while it does not grow
   */
  OptionalDouble hoursTo(double roomKib, double slopeKibPerBucket) {
    if (slopeKibPerBucket <= 0) {
      return OptionalDouble.empty();
    }
    double slopeKibPerHour = slopeKibPerBucket / policy.realHoursPerBucket(level);
    return OptionalDouble.of((roomKib - ring.resident(ring.size() - 1)) / slopeKibPerHour);
  }
}
