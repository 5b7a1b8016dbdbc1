package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.leak.Outcome.Counted;
import dev.hognose.leak.Outcome.Ignored;
import dev.hognose.leak.Outcome.Reason;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Readings that come twice, late, in another order, or that cannot be used. */
class ArrivalTest {

  private static final long GRACE_MS = 90_000;
  private static final long LAST_MS = Duration.ofHours(5).toMillis();

  /** Leaks and clears many times. */
  private static final List<MemoryReading> CHANGEABLE = BenchTraces.readings("s0000193");

  private static final List<MemoryReading> IN_ORDER =
      CHANGEABLE.stream()
          .filter(reading -> !reading.failed())
          .sorted(Comparator.comparingLong(MemoryReading::atMs))
          .toList();

  private final LeakDetector detector = new LeakDetector(LeakPolicy.BALANCED);
  private final LeakState grown =
      Told.by(detector, Memory.growing(Duration.ofMillis(LAST_MS), hours -> 10 * hours)).state();

  @Test
  void doubledReadingsChangeNothing() {
    List<MemoryReading> doubled =
        CHANGEABLE.stream().flatMap(reading -> List.of(reading, reading).stream()).toList();

    assertSame(Told.by(detector, doubled), Told.by(detector, CHANGEABLE));
  }

  static LongStream seeds() {
    return LongStream.range(0, 30);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void orderWithinTheGraceChangesNothing(long seed) {
    Random random = new Random(seed);
    Map<MemoryReading, Long> arrival = new HashMap<>();
    IN_ORDER.forEach(reading -> arrival.put(reading, reading.atMs() + random.nextLong(GRACE_MS)));
    List<MemoryReading> shuffled =
        IN_ORDER.stream().sorted(Comparator.comparing(arrival::get)).toList();

    assertSame(Told.by(detector, shuffled), Told.by(detector, IN_ORDER));
  }

  @Test
  void lateReadingCountsUntilItsBucketCloses() {
    long bucketStartMs = (Memory.START_MS + LAST_MS) / 120_000 * 120_000;
    LeakState state = detector.next(grown, low(bucketStartMs + 120_000 + GRACE_MS - 1)).state();
    MemoryReading late = low(bucketStartMs);

    LeakStep step = detector.next(state, late);

    assertThat(step.outcome()).isEqualTo(new Counted());
    assertThat(step.state().open().oldest().resident()).isEqualTo(late.residentKib());
  }

  static List<Arguments> unusable() {
    MemoryReading good = Memory.at(LAST_MS, 50);
    long lastMs = good.atMs() - 10_000;
    return List.of(
        Arguments.of(Reason.FAILED_READ, MemoryReading.of(good.atMs(), 0)),
        Arguments.of(Reason.FAILED_READ, MemoryReading.of(good.atMs(), -4096)),
        Arguments.of(Reason.FAILED_READ, good.withBlocks(0)),
        Arguments.of(Reason.FAILED_READ, good.withBlocks(-1)),
        Arguments.of(Reason.IMPLAUSIBLE_TIME, MemoryReading.of(0, 1 << 20)),
        Arguments.of(Reason.IMPLAUSIBLE_TIME, MemoryReading.of(-1, 1 << 20)),
        Arguments.of(Reason.IMPLAUSIBLE_TIME, MemoryReading.of(1_420_070_399_999L, 1 << 20)),
        Arguments.of(Reason.IMPLAUSIBLE_TIME, MemoryReading.of(good.atMs() / 1000, 1 << 20)),
        Arguments.of(Reason.IMPLAUSIBLE_TIME, MemoryReading.of(Long.MAX_VALUE, 1 << 20)),
        Arguments.of(Reason.IMPLAUSIBLE_FIGURE, MemoryReading.of(good.atMs(), 1L << 41)),
        Arguments.of(Reason.IMPLAUSIBLE_FIGURE, good.withUss(Long.MAX_VALUE)),
        Arguments.of(Reason.IMPLAUSIBLE_FIGURE, good.withBlocks(Long.MAX_VALUE)),
        Arguments.of(Reason.IMPLAUSIBLE_FIGURE, good.withTraced(Long.MAX_VALUE)),
        Arguments.of(Reason.EARLIER_LIFE, good.withStart(Memory.START_MS - 1)),
        Arguments.of(Reason.OTHER_FIGURE, good.withTraced(1 << 20)),
        Arguments.of(Reason.OTHER_FIGURE, good.withBlocks(MemoryReading.ABSENT)),
        Arguments.of(Reason.CLOCK_AHEAD, low(lastMs + 3_600_001)),
        Arguments.of(Reason.LATE, low(lastMs - 210_001)),
        Arguments.of(Reason.LATE, low(lastMs - 3_600_000)),
        Arguments.of(Reason.CLOCK_BEHIND, low(lastMs - 3_600_001)));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void unusableReadingIsNamedAndChangesNothingThatIsKnown(Reason reason, MemoryReading reading) {
    LeakStep step = detector.next(grown, reading);

    assertThat(step.outcome()).isEqualTo(new Ignored(reason));
    assertThat(Packed.of(step.state().with(grown.refused()))).isEqualTo(Packed.of(grown));
  }

  @Test
  void startInTheFutureIsNoStart() {
    MemoryReading next = Memory.at(LAST_MS, 50);
    LeakState state = detector.next(grown, next.withStart(next.atMs() + 120_001)).state();

    assertThat(detector.next(state, Memory.at(LAST_MS + 10_000, 50)).outcome())
        .isEqualTo(new Counted());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noReadingIsEverAnError(long seed) {
    Random random = new Random(seed);
    LeakState state = grown;
    for (int i = 0; i < 700; i++) {
      MemoryReading reading =
          new MemoryReading(
              odd(random),
              odd(random),
              odd(random),
              odd(random),
              odd(random),
              odd(random),
              odd(random),
              odd(random));
      state = detector.next(state, reading).state();
      assertThat(detector.verdict(state, reading.atMs())).isNotNull();
      assertThat(Packed.of(Packed.of(state).state())).isEqualTo(Packed.of(state));
    }
  }

  private static MemoryReading low(long atMs) {
    return MemoryReading.of(atMs, 1 << 20).withBlocks(1000).withStart(Memory.START_MS);
  }

  private static long odd(Random random) {
    long[] odd = {
      0,
      -1,
      1,
      Long.MAX_VALUE,
      Long.MIN_VALUE,
      Memory.START_MS + random.nextInt(1 << 30),
      random.nextLong(),
      random.nextInt(),
      1L << random.nextInt(63)
    };
    return odd[random.nextInt(odd.length)];
  }

  private static void assertSame(Told told, Told wanted) {
    assertThat(told.events()).isEqualTo(wanted.events()).isNotEmpty();
    assertThat(Packed.of(told.state())).isEqualTo(Packed.of(wanted.state()));
  }
}
