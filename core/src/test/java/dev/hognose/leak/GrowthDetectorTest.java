package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hognose.leak.LeakState.Head;
import dev.hognose.leak.LeakState.PythonFigure;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the floors of both channels mean together, on both sides of each number. */
class GrowthDetectorTest {

  private static final LeakPolicy POLICY = LeakPolicy.PAGER;

  /** Of 24 floors of 64 minutes: a day and more. */
  private static final int OF_A_DAY = 5;

  private static final double HOURS = 64 / 60.0;
  private static final long FIRST_BUCKET = 1_000;

  /** KiB that resident memory, Python's heap and what is kept rise by in each bucket. */
  @ParameterizedTest
  @CsvSource({
    "1000, 1000, 0, PYTHON",
    "1000, 250, 900, PYTHON",
    "1000, 240, 0, NATIVE",
    "1000, 0, 0, NATIVE",
    "1000, 240, 300, NATIVE",
    "1000, 240, 700, FRAGMENTATION",
    "0, 1000, 0, PYTHON_HIDDEN",
    "0, 1000, 700, PYTHON_HIDDEN"
  })
  void whereItIsDependsOnWhatRisesWithIt(int resident, int python, int kept, Trend.Where where) {
    Ring ring = ring(24, i -> 20_000 + resident * i, i -> 10_000 + python * i, i -> kept * i);

    assertThat(candidate(ring, PythonFigure.BLOCKS)).map(Candidate::where).contains(where);
  }

  @ParameterizedTest
  @CsvSource({"11, NATIVE", "12, FRAGMENTATION"})
  void whatIsKeptMustBeKnownOfAsManyFloorsAsATestNeeds(int known, Trend.Where where) {
    Ring ring =
        ring(24, i -> 20_000 + 1_000 * i, i -> 0, i -> i < 24 - known ? Floor.ABSENT : 700 * i);

    assertThat(candidate(ring, PythonFigure.BLOCKS)).map(Candidate::where).contains(where);
  }

  @Test
  void nothingThatRisesIsNoCandidate() {
    assertThat(candidate(ring(24, i -> 20_000, i -> 10_000, i -> 0), PythonFigure.BLOCKS))
        .isEmpty();
  }

  @Test
  void candidateHasTheFiguresOfTheChannelThatRises() {
    Ring ring = ring(24, i -> 20_000 + 1_000 * i, i -> 10_000, i -> 0);

    Candidate found = candidate(ring, PythonFigure.BLOCKS).orElseThrow();

    assertThat(found.hours()).isCloseTo(24 * HOURS, within(1e-9));
    assertThat(found.growthKib()).isCloseTo(23_000, within(1e-6));
    assertThat(found.firstKib()).isEqualTo(20_000);
    assertThat(found.limitKib()).isEqualTo(1 << 20);
    assertThat(found.evenness()).isCloseTo(1, within(1e-9));
    assertThat(found.slope().bytesPerHour()).isCloseTo(1_024_000 / HOURS, within(1e-3));
    assertThat(found.interval().low()).isEqualTo(found.interval().high()).isEqualTo(found.slope());
    assertThat(found.since()).isEqualTo(startOf(FIRST_BUCKET));
    assertThat(found.hoursToRoom().orElseThrow())
        .isCloseTo(((1 << 20) - 43_000) / 1_000.0 * HOURS, within(1e-6));
  }

  @Test
  void ofBothChannelsTheEvennessIsTheLarger() {
    IntUnaryOperator even = i -> 20_000 + 1_000 * i;
    IntUnaryOperator slowing = i -> 20_000 + 1_000 * Math.min(i, 12) + 700 * Math.max(0, i - 12);

    double ofPython =
        candidate(ring(24, slowing, even, i -> 0), PythonFigure.BLOCKS).orElseThrow().evenness();
    double ofResident =
        candidate(ring(24, even, slowing, i -> 0), PythonFigure.BLOCKS).orElseThrow().evenness();
    double ofNative =
        candidate(ring(24, slowing, i -> 0, i -> 0), PythonFigure.BLOCKS).orElseThrow().evenness();

    assertThat(ofPython).isCloseTo(1, within(1e-9));
    assertThat(ofResident).isCloseTo(1, within(1e-9));
    assertThat(ofNative).isCloseTo(0.7, within(0.01));
  }

  /**
   * Only blocks rise, by 1,000 KiB of them to 33,000 a bucket: KiB of resident memory, and what a
   * block has at least and at most.
   */
  @ParameterizedTest
  @CsvSource({"10000, 0.6875, 1.171875", "38671, 0.6875, 1.171875", "66000, 0.6875, 2"})
  void growthInBlocksIsAsUncertainAsTheirSize(int resident, double low, double high) {
    Ring ring = ring(24, i -> resident, i -> 10_000 + 1_000 * i, i -> 0);
    double counted = 1_024_000 / HOURS;

    Trend.SlopeInterval ofBlocks = candidate(ring, PythonFigure.BLOCKS).orElseThrow().interval();
    Trend.SlopeInterval traced = candidate(ring, PythonFigure.TRACED).orElseThrow().interval();

    assertThat(ofBlocks.low().bytesPerHour()).isCloseTo(low * counted, within(1.0));
    assertThat(ofBlocks.high().bytesPerHour()).isCloseTo(high * counted, within(30.0));
    assertThat(traced.low().bytesPerHour()).isCloseTo(counted, within(1.0));
    assertThat(traced.high().bytesPerHour()).isCloseTo(counted, within(1.0));
  }

  /** A level of 2^level buckets, how many floors, and KiB of 92,000 that each rises by. */
  @ParameterizedTest
  @CsvSource({
    "1, 24, 200, true",
    "1, 24, 199, false",
    "2, 15, 250, true",
    "2, 14, 250, false",
    "2, 14, 354, true"
  })
  void shortGrowthMustBeLargeFromTheStart(int level, int floors, int step, boolean isFound) {
    Ring ring = ring(floors, i -> 20_000 + step * i, i -> 0, i -> Floor.ABSENT);
    Head head = new Head(0, 0, 112_000, PythonFigure.BLOCKS);

    assertThat(new GrowthDetector(POLICY, level, ring).candidate(head).isPresent())
        .isEqualTo(isFound);
  }

  @ParameterizedTest
  @CsvSource({"1, 14, false", "1, 15, true", "0, 24, false", "2, 12, true"})
  void nothingIsDecidedBeforeAnHour(int level, int floors, boolean isLongEnough) {
    Ring ring = ring(floors, i -> 1, i -> 1, i -> 0);

    assertThat(new GrowthDetector(POLICY, level, ring).isLongEnough()).isEqualTo(isLongEnough);
  }

  @Test
  void growthBeganWhereItsChannelBeganToRiseAndNotBeforeTheProcess() {
    Ring ring =
        ring(
            24,
            i -> 20_000 + 1_000 * Math.max(0, i - 6),
            i -> 20_000 + 1_000 * Math.max(0, i - 12),
            i -> 0);
    GrowthDetector detector = new GrowthDetector(POLICY, OF_A_DAY, ring);

    assertThat(detector.since(Trend.Where.NATIVE, 0)).isEqualTo(startOf(FIRST_BUCKET + 6));
    assertThat(detector.since(Trend.Where.PYTHON, 0)).isEqualTo(startOf(FIRST_BUCKET + 6));
    assertThat(detector.since(Trend.Where.PYTHON_HIDDEN, 0)).isEqualTo(startOf(FIRST_BUCKET + 12));
    Instant later = startOf(FIRST_BUCKET + 6).plusMillis(1);
    assertThat(detector.since(Trend.Where.NATIVE, later.toEpochMilli())).isEqualTo(later);
  }

  /** KiB a bucket of resident memory and of Python's heap, and of which the interval is. */
  @ParameterizedTest
  @CsvSource({"1000, 900, 1000", "900, 1000, 1000", "500, 0, 500", "0, 700, 700"})
  void intervalIsThatOfTheChannelThatRisesFaster(int resident, int python, double slope) {
    Ring ring = ring(24, i -> 20_000 + resident * i, i -> 20_000 + python * i, i -> 0);

    Trend.SlopeInterval interval = new GrowthDetector(POLICY, OF_A_DAY, ring).interval();

    assertThat(interval.low().bytesPerHour()).isCloseTo(slope * 1_024 / HOURS, within(1e-3));
    assertThat(interval.high().bytesPerHour()).isCloseTo(slope * 1_024 / HOURS, within(1e-3));
  }

  @ParameterizedTest
  @CsvSource({"0,", "-1,", "500, 2"})
  void memoryThatDoesNotGrowReachesNoLimit(double slope, Double buckets) {
    Ring ring = ring(24, i -> 20_000, i -> 0, i -> 0);

    Optional<Double> hours =
        new GrowthDetector(POLICY, OF_A_DAY, ring)
            .hoursTo(21_000, slope).stream().boxed().findAny();

    assertThat(hours).isEqualTo(Optional.ofNullable(buckets).map(each -> each * HOURS));
  }

  private static Optional<Candidate> candidate(Ring ring, PythonFigure figure) {
    return new GrowthDetector(POLICY, OF_A_DAY, ring).candidate(new Head(0, 0, 1 << 20, figure));
  }

  private static Ring ring(
      int floors, IntUnaryOperator resident, IntUnaryOperator python, IntUnaryOperator kept) {
    Ring ring = Ring.EMPTY;
    for (int i = 0; i < floors; i++) {
      Floor floor =
          new Floor(
              FIRST_BUCKET + i, resident.applyAsInt(i), python.applyAsInt(i), kept.applyAsInt(i));
      ring = ring.append(floor, POLICY.trend().giveBackMemory());
    }
    return ring;
  }

  private static Instant startOf(long bucket) {
    return Instant.ofEpochMilli((bucket << OF_A_DAY) * POLICY.bucketMs());
  }
}
