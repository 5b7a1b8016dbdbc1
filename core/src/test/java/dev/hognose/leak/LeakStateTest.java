package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.leak.Finding.Strength;
import dev.hognose.leak.LeakState.Head;
import dev.hognose.leak.LeakState.PythonFigure;
import dev.hognose.sample.GrowthRate;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeakStateTest {

  private static final int MOST_BYTES = 3 * 1024;

  private final LeakDetector detector = new LeakDetector(LeakPolicy.BALANCED);

  @ParameterizedTest
  @ValueSource(strings = {"s0000193", "s0000020", "r1_late_list_leak"})
  void packingBetweenAnyTwoReadingsChangesNothing(String trace) {
    LeakState kept = LeakState.initial();
    LeakState packed = LeakState.initial();
    int largest = 0;
    for (MemoryReading reading : BenchTraces.readings(trace)) {
      Packed bytes = Packed.of(packed);
      largest = Math.max(largest, bytes.bytes());
      LeakStep ofKept = detector.next(kept, reading);
      LeakStep ofPacked = detector.next(bytes.state(), reading);
      kept = ofKept.state();
      packed = ofPacked.state();
      assertThat(ofPacked.outcome()).isEqualTo(ofKept.outcome());
      assertThat(detector.verdict(packed, reading.atMs()))
          .isEqualTo(detector.verdict(kept, reading.atMs()));
    }

    assertThat(Packed.of(packed)).isEqualTo(Packed.of(kept));
    assertThat(largest).isBetween(200, 1000);
  }

  @Test
  void largestThinkableStateFits() {
    Packed packed = Packed.of(largest());

    assertThat(packed.bytes()).isBetween(500, MOST_BYTES);
    assertThat(Packed.of(packed.state())).isEqualTo(packed);
  }

  @ParameterizedTest
  @MethodSource("dev.hognose.leak.Garbage#ofEverySize")
  void garbageIsRefused(byte[] garbage) {
    assertThatThrownBy(() -> StatePacking.unpackRings(garbage))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }

  @Test
  void anyBitThatChangedIsSeen() {
    for (int bit = 0; bit < 500 * Byte.SIZE; bit++) {
      byte[] packed = largest().packRings();
      packed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);

      assertThatThrownBy(() -> StatePacking.unpackRings(packed))
          .as("bit %d", bit)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected");
    }
  }

  @Test
  void stateCutShortIsRefusedEvenWithARightChecksum() {
    for (int length = 1; length < 500; length++) {
      byte[] cut = Arrays.copyOf(largest().packRings(), length + Integer.BYTES);
      CRC32 crc = new CRC32();
      crc.update(cut, 0, length);
      ByteBuffer.wrap(cut).putInt(length, (int) crc.getValue());

      assertThatThrownBy(() -> StatePacking.unpackRings(cut))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("rings of " + cut.length + " bytes: expected more, or other counts");
    }
  }

  private static LeakState largest() {
    Growth growth =
        new Growth(
            Trend.Where.NATIVE,
            new GrowthRate(1e9),
            new Trend.SlopeInterval(new GrowthRate(1e8), new GrowthRate(2e9)),
            Instant.EPOCH,
            OptionalDouble.of(1),
            0.5);
    int[] floors = new int[Ring.SIZE];
    Arrays.fill(floors, Integer.MAX_VALUE);
    Level level =
        new Level(
            new Ring(
                1L << 40, Ring.WINDOW, floors, floors, new KeptShares(new byte[Ring.SIZE]), 1, 1),
            new Floor(1, 1, 1),
            new Finding(
                Strength.SUSPECT,
                Optional.of(
                    new Candidate(
                        Trend.Where.NATIVE,
                        1,
                        1,
                        1,
                        1,
                        1,
                        1,
                        1,
                        growth.slope(),
                        growth.interval(),
                        Instant.EPOCH,
                        OptionalDouble.of(1)))));
    Judgement judgement =
        new Judgement(
            Collections.nCopies(Level.COUNT, level),
            1,
            1,
            growth.slope(),
            Optional.of(new Leak(growth.since(), growth.slope(), 1, growth)),
            OptionalLong.of(1),
            OptionalLong.of(1));
    OpenFloors open = OpenFloors.EMPTY.with(new Floor(1, 1, 1)).with(new Floor(2, 1, 1));
    return new LeakState(
        1, new Head(1, 1, 1, PythonFigure.BLOCKS), open, Rings.of(judgement), new Refused(1, 2));
  }
}
