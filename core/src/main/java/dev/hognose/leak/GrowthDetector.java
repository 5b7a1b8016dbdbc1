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
  private final double hours;
  private final Channel resident;
  private final Channel python;

  GrowthDetector(LeakPolicy policy, int level, Ring ring) {
    this.policy = policy;
    this.trend = new RiseDetector(policy.trend());
    this.level = level;
    this.ring = ring;
    this.hours = buckets(ring) * policy.hoursPerBucket(level);
    this.resident = new Channel(ring.residentSeries(), hours);
    this.python = new Channel(ring.pythonSeries(), hours);
  }

  /** From the start of the first floor to the end of the last, in buckets. */
  private static long buckets(Ring ring) {
    long[] buckets = ring.buckets();
    return buckets[buckets.length - 1] - buckets[0] + 1;
  }

  boolean isLongEnough() {
    return hours >= policy.leastHours();
  }

  /** Tests both channels. */
  Optional<Candidate> candidate(LeakState.Head head) {
    double headroom = Candidate.headroomKib(policy, head.limitKib(), ring.resident(0));
    double rough = Math.max(gained(resident), gained(python));
    if (hours < SHORT_HOURS && rough < SMALL_SHARE * headroom) {
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

  private static double gained(Channel channel) {
    return channel.floors().last() - channel.floors().first();
  }

  private Candidate candidate(
      LeakState.Head head, Rise rise, Optional<Rise> residentRise, Optional<Rise> pythonRise) {
    Trend.Where where = where(residentRise, pythonRise);
    Channel channel = channel(where);
    double first = ring.resident(0);
    double room = policy.roomKib(head.limitKib(), first);
    double evenness =
        where == Trend.Where.PYTHON
            ? Math.max(rise.evenness(), pythonRise.map(Rise::evenness).orElse(0.0))
            : rise.evenness();
    return new Candidate(
        where,
        hours,
        rise.growth(),
        first,
        head.limitKib(),
        rise.tau(),
        evenness,
        1,
        rate(rise.slope()),
        where == Trend.Where.PYTHON_HIDDEN ? blocks(head, interval(channel)) : interval(channel),
        since(channel, head.startedAtMs()),
        hoursTo(room, residentRise.map(Rise::slope).orElse(0.0)));
  }

  private Channel channel(Trend.Where where) {
    return where == Trend.Where.PYTHON_HIDDEN ? python : resident;
  }

  private Trend.SlopeInterval interval(Channel channel) {
    LongRunSlope slopes = channel.longRun();
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
    return interval(residentSlope() >= pythonSlope() ? resident : python);
  }

  /** Start of the first floor that rises, of which the process may have seen a part only. */
  private Instant since(Channel channel, long startedAtMs) {
    int from = Hinge.of(channel.floors()).index();
    long bucketStartMs = (ring.buckets()[from] << level) * policy.bucketMs();
    return Instant.ofEpochMilli(Math.max(bucketStartMs, startedAtMs));
  }

  /** When a channel of this level began to rise, whatever the quality of its floors. */
  Instant since(Trend.Where where, long startedAtMs) {
    return since(channel(where), startedAtMs);
  }

  private Trend.Where where(Optional<Rise> residentRise, Optional<Rise> pythonRise) {
    if (residentRise.isEmpty()) {
      return Trend.Where.PYTHON_HIDDEN;
    }
    double explained = EXPLAINED * residentRise.get().slope();
    if (pythonRise.filter(rise -> rise.slope() >= explained).isPresent()) {
      return Trend.Where.PYTHON;
    }
    return isKept(residentRise.get()) ? Trend.Where.FRAGMENTATION : Trend.Where.NATIVE;
  }

  /** Whether what the C library keeps rises with resident memory, so that nobody holds it. */
  private boolean isKept(Rise rise) {
    Series kept = ring.keptSeries();
    return kept.size() >= Level.ENOUGH && TheilSen.of(kept).slope() >= KEPT * rise.slope();
  }

  /** Slope of the resident floors, KiB per bucket of the level, whatever its quality. */
  double residentSlope() {
    return resident.slope();
  }

  /** Slope of the Python heap's floors, KiB per bucket of the level, whatever its quality. */
  double pythonSlope() {
    return python.slope();
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
