package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.leak.Finding.Strength;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Floors of one resolution, and since when which of them say that a leak began. */
class LevelTest {

  private static final LeakPolicy POLICY = LeakPolicy.PAGER;
  private static final int MEMORY = 6;

  @ParameterizedTest
  @CsvSource({"10, UNTESTED", "11, GROWING", "12, GROWING"})
  void whatWasFoundStandsWhileThereAreFloorsEnough(int floors, Strength strength) {
    Level level = new Level(ring(0, 1, floors, 0), Floor.NONE, growing(0));

    Level closed = level.closed(new Floor(floors + 1, 100, 100), MEMORY);

    assertThat(closed.finding().strength()).isEqualTo(strength);
    assertThat(closed.ring().size()).isEqualTo(floors + 1);
    assertThat(closed.hasEnough()).isEqualTo(floors >= 11);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, false", "0, 1, true", "7, 7, false", "7, 8, true", "7, 0, true"})
  void whatRisesWasFoundUnderOneLimit(long foundWith, long limit, boolean isAnother) {
    Level level = new Level(Ring.EMPTY, Floor.NONE, growing(foundWith));

    assertThat(level.isTestedWithAnother(limit)).isEqualTo(isAnother);
    assertThat(Level.EMPTY.isTestedWithAnother(limit)).isFalse();
  }

  @Test
  void floorsOfOneBucketAreLoweredAndTheNextBeginsAnew() {
    Level level = Level.EMPTY.filled(new Floor(7, 100, 50)).filled(new Floor(7, 90, 60));
    assertThat(level.open()).isEqualTo(new Floor(7, 90, 50));

    assertThat(level.filled(new Floor(8, 100, 60)).open()).isEqualTo(new Floor(8, 100, 60));
  }

  /**
   * Level 0 sees buckets 1000 to 1023, level 1 those from 976 and level 2 those from 928. Memory
   * began to rise with a bucket, as each level says it that sees so far.
   */
  @ParameterizedTest
  @CsvSource({
    "within the finest, 1010, 1010",
    "before the finest, 990, 990",
    "before the middle, 960, 960"
  })
  void leakBeganWhereTheFinestLevelSaysThatStillSeesIt(String what, int began, long since) {
    Beginning beginning =
        new Beginning(
            POLICY,
            List.of(
                level(ring(0, 1000, 24, began)),
                level(ring(1, 976 / 2, 24, began)),
                level(ring(2, 928 / 4, 24, began))),
            0);
    Instant finest = since(0, ring(0, 1000, 24, began));

    Instant found = beginning.of(Lived.GROWTH.since(finest), 0);

    assertThat(found.toEpochMilli() / POLICY.bucketMs()).as(what).isEqualTo(since);
  }

  private static Instant since(int level, Ring ring) {
    return new GrowthDetector(POLICY, level, ring).since(Trend.Where.NATIVE, 0);
  }

  private static Level level(Ring ring) {
    return new Level(ring, Floor.NONE, Finding.NOTHING);
  }

  /** Floors of 100 MiB that rise by a mebibyte a bucket of the finest level. */
  private static Ring ring(int level, long first, int floors, int began) {
    Ring ring = Ring.EMPTY;
    for (long bucket = first; bucket < first + floors; bucket++) {
      int risen = (int) Math.max(0, (bucket << level) - began);
      ring = ring.append(new Floor(bucket, (100 + risen) << 10, 0), MEMORY);
    }
    return ring;
  }

  private static Finding growing(long limitKib) {
    Candidate candidate = CandidateBuilder.grown(4, 0.1).limitKib(limitKib).build();
    return new Finding(Strength.GROWING, Optional.of(candidate));
  }
}
