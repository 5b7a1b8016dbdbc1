package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pace of a demonstration: a bucket of a second where production has two minutes. */
class BucketTest {

  private static final long SCALE = 120;

  /** Whole buckets of every level, so that the bucket borders stay where they are. */
  private static final long SHIFT_MS = 128_000L * 12_500_000;

  private final LeakDetector inProduction = new LeakDetector(LeakPolicy.BALANCED);
  private final LeakDetector inADemonstration =
      new LeakDetector(LeakPolicy.BALANCED.withBucket(Duration.ofSeconds(1)));

  @ParameterizedTest
  @ValueSource(strings = {"s0000193", "s0000015", "r1_late_list_leak", "r1_bytes_fragment"})
  void decisionsAreTheSameAndSlopesAreInRealHours(String trace) {
    List<MemoryReading> slow = BenchTraces.readings(trace);
    List<MemoryReading> fast = slow.stream().map(BucketTest::faster).toList();

    List<LeakEvent> wanted = Told.by(inProduction, slow).events();
    List<LeakEvent> events = Told.by(inADemonstration, fast).events();

    assertThat(events).hasSameSizeAs(wanted);
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).getClass()).isEqualTo(wanted.get(i).getClass());
      assertThat(events.get(i).at().toEpochMilli())
          .isEqualTo(SHIFT_MS + wanted.get(i).at().toEpochMilli() / SCALE);
      assertThat(slope(events.get(i)) / SCALE).isCloseTo(slope(wanted.get(i)), within(1e-3));
    }
  }

  private static MemoryReading faster(MemoryReading reading) {
    return new MemoryReading(
        SHIFT_MS + reading.atMs() / SCALE,
        reading.rssBytes(),
        reading.ussBytes(),
        reading.blocks(),
        reading.tracedBytes(),
        reading.limitBytes(),
        reading.startedAtMs() > 0 ? SHIFT_MS + reading.startedAtMs() / SCALE : 0,
        reading.keptBytes());
  }

  private static double slope(LeakEvent event) {
    return event instanceof LeakEvent.Onset onset
        ? onset.slope().bytesPerHour()
        : ((LeakEvent.Clear) event).slope().bytesPerHour();
  }
}
