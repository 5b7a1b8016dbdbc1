package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.packed.Packer;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A process's state comes back, whether a detector could have made it or not. */
class StatePackingTest {

  private static final long START = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void anyStateComesBack(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      LeakState state = RandomStates.state(random);

      LeakState back = Packed.of(state).state();

      assertThat(back.bucketMs()).isEqualTo(state.bucketMs());
      assertThat(back.head()).isEqualTo(state.head());
      assertThat(back.refused()).isEqualTo(state.refused());
      assertThat(back.open()).usingRecursiveComparison().isEqualTo(state.open());
      assertThat(back.judgement()).usingRecursiveComparison().isEqualTo(state.judgement());
    }
  }

  /** Holes, another life and memory that the allocator keeps, as a detector goes on from them. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3})
  void whatADetectorMakesComesBackAndIsSmall(int seed) {
    Random random = new Random(seed);
    LeakDetector detector = new LeakDetector(LeakPolicy.BALANCED);
    LeakState state = LeakState.initial();
    long atMs = START;
    int largest = 0;
    for (int i = 0; i < 3_500; i++) {
      atMs += random.nextInt(200) == 0 ? 3_600_000L * (1 + random.nextInt(20)) : 120_000;
      state = detector.next(state, reading(atMs, random)).state();
      Judgement known = state.judgement();
      byte[] packed = StatePacking.packRings(known);
      largest = Math.max(largest, Packed.of(state).bytes());
      Judgement back = StatePacking.unpackRings(packed);
      assertThat(StatePacking.packRings(back)).isEqualTo(packed);
      if (i % 100 == 0) {
        assertThat(back).usingRecursiveComparison().isEqualTo(known);
      }
    }
    assertThat(largest).as("noise of 31 bits in every floor").isLessThan(StatePacking.MOST_BYTES);
  }

  /** The finer level has floors 9, 10 and 11, the last of which may still be open. */
  @ParameterizedTest
  @CsvSource({
    "closed, 5, 90, 50, true",
    "closed, 5, 91, 50, false",
    "closed, 5, 90, 51, false",
    "closed, 4, 90, 50, false",
    "open, 5, 90, 50, true",
    "open, 5, 100, 50, false",
    "open, 5, 90, 60, false",
    "open, 4, 90, 50, false",
    "alone, 6, 90, 60, true",
    "alone, 6, 90, 50, false",
    "alone, 5, 90, 60, false",
  })
  void anOpenFloorThatTheFinerLevelHasTakesNoRoom(
      String last, long bucket, int resident, int python, boolean isInFiner) {
    Level finer =
        switch (last) {
          case "closed" -> closed(new Floor(11, 90, 60)).filled(Floor.NONE);
          case "open" -> closed().filled(new Floor(11, 90, 60));
          default -> closed(new Floor(11, 95, 70)).filled(new Floor(12, 90, 60));
        };
    Level level = Level.EMPTY.filled(new Floor(bucket, resident, python));

    byte[] packed = packed(level, finer);

    assertThat(packed.length == packed(Level.EMPTY, finer).length + 1).isEqualTo(isInFiner);
    assertThat(LevelPacking.get(ByteBuffer.wrap(packed), finer))
        .usingRecursiveComparison()
        .isEqualTo(level);
  }

  private static Level closed(Floor... last) {
    Ring ring = Ring.EMPTY.append(new Floor(9, 80, 40), 0).append(new Floor(10, 100, 50), 0);
    for (Floor floor : last) {
      ring = ring.append(floor, 0);
    }
    return new Level(ring, Floor.NONE, Finding.NOTHING);
  }

  private static byte[] packed(Level level, Level finer) {
    Packer out = new Packer();
    LevelPacking.put(out, level, finer);
    return out.bytes();
  }

  private static MemoryReading reading(long atMs, Random random) {
    return MemoryReading.of(atMs, random.nextLong() >>> 24)
        .withBlocks(random.nextLong() >>> 30)
        .withKept(random.nextLong() >>> 30);
  }
}
