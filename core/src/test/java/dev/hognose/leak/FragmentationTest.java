package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resident memory that grows is native, unless it is the C library that keeps it. */
class FragmentationTest {

  private static final long SEED = 7;
  private static final Duration DAY = Duration.ofHours(24);
  private static final double MIB_AN_HOUR = 20;

  private final LeakDetector detector = new LeakDetector(LeakPolicy.PAGER);

  /** Where a process leaks that grows by 20 MiB an hour, by what the C library keeps. */
  private Trend.Where where(double leastKept, double keptShare, int readEvery) {
    List<MemoryReading> readings =
        growing(hours -> leastKept + keptShare * MIB_AN_HOUR * hours, readEvery);
    LeakState state = LeakState.initial();
    for (MemoryReading reading : readings) {
      state = detector.next(state, reading).state();
      state = Packed.of(state).state();
    }
    LeakVerdict verdict = detector.verdict(state, readings.get(readings.size() - 1).atMs());
    assertThat(verdict).isInstanceOf(LeakVerdict.Leaking.class);
    return ((LeakVerdict.Leaking) verdict).growth().where();
  }

  private static List<MemoryReading> growing(DoubleUnaryOperator keptAt, int readEvery) {
    Random random = new Random(SEED);
    List<MemoryReading> readings = new ArrayList<>();
    for (MemoryReading grown : Memory.growing(DAY, hours -> MIB_AN_HOUR * hours)) {
      double hours = (grown.atMs() - Memory.START_MS) / 3.6e6;
      double inUseNow = 10 * random.nextDouble();
      MemoryReading reading = grown.withUss(grown.rssBytes()).withBlocks(1_600_000);
      readings.add(
          readings.size() % readEvery == 0
              ? reading.withKept(Math.round((keptAt.applyAsDouble(hours) + inUseNow) * Memory.MIB))
              : reading);
    }
    return readings;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 12})
  void whatTheLibraryKeepsIsFragmentation(int readEvery) {
    assertThat(where(5, 0.9, readEvery)).isEqualTo(Trend.Where.FRAGMENTATION);
    assertThat(where(5, 0.6, readEvery)).isEqualTo(Trend.Where.FRAGMENTATION);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 12})
  void whatIsInUseIsNativeHoweverMuchIsKeptBesideIt(int readEvery) {
    assertThat(where(5, 0, readEvery)).isEqualTo(Trend.Where.NATIVE);
    assertThat(where(60, 0, readEvery)).isEqualTo(Trend.Where.NATIVE);
    assertThat(where(5, 0.4, readEvery)).isEqualTo(Trend.Where.NATIVE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 100_000})
  void anAllocatorThatIsHardlyAskedTellsNothing(int readEvery) {
    assertThat(where(5, 0.9, readEvery)).isEqualTo(Trend.Where.NATIVE);
  }
}
