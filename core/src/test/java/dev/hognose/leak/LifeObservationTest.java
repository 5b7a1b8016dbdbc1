package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.sample.GrowthRate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LifeObservationTest {

  private final LeakDetector detector = new LeakDetector(LeakPolicy.PAGER);

  private List<LifeObservation> observed(List<MemoryReading> readings) {
    List<LifeObservation> observed = new ArrayList<>();
    LeakState state = LeakState.initial();
    for (MemoryReading reading : readings) {
      LeakState before = state;
      state = detector.next(before, reading).state();
      LifeObservation.between("a", before, state).ifPresent(observed::add);
    }
    return observed;
  }

  @Test
  void thereIsOneInSixteenMinutesWhateverTheSamples() {
    List<LifeObservation> observed =
        observed(Memory.growing(Duration.ofHours(8), hours -> 10 * hours));

    assertThat(observed).hasSizeBetween(28, 30);
    assertThat(observed.get(0).first()).isTrue();
    assertThat(observed.get(1).first()).isFalse();
    assertThat(observed.get(9).atMs() - observed.get(8).atMs()).isEqualTo(16 * 60_000);
    assertThat(observed.get(8).residentKib()).isBetween(120 * 1024, 130 * 1024);
  }

  @Test
  void whatRisesIsShownAlsoWhileALeakStands() {
    List<LifeObservation> observed =
        observed(Memory.growing(Duration.ofHours(16), hours -> 30 * hours));

    assertThat(observed.get(observed.size() - 1).rising()).isNotEmpty();
    assertThat(observed.get(0).rising()).isEmpty();
  }

  @Test
  void nothingIsShownOfASteadyProcessButItsFloors() {
    List<LifeObservation> observed = observed(Memory.growing(Duration.ofHours(8), hours -> 0));

    assertThat(observed).allSatisfy(shown -> assertThat(shown.rising()).isEmpty());
    assertThat(observed.get(5).pack()).hasSizeLessThan(48);
  }

  @Test
  void largestThinkableObservationFits() {
    Candidate candidate =
        new Candidate(
            Trend.Where.NATIVE,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            new GrowthRate(1),
            new Trend.SlopeInterval(new GrowthRate(1), new GrowthRate(1)),
            Instant.EPOCH,
            OptionalDouble.of(1));
    LifeObservation largest =
        new LifeObservation(
            "\u20ac".repeat(300), 1, 1, true, 1, 1, Collections.nCopies(7, candidate));

    assertThat(largest.pack()).hasSizeBetween(1000, ObservationPacking.MOST_BYTES);
    assertThat(LifeObservation.unpack(largest.pack()).pack()).isEqualTo(largest.pack());
  }

  @Test
  void placeMustHaveAName() {
    assertThatThrownBy(() -> new LifeObservation("", 1, 1, true, 1, 1, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("place of 0 characters: expected 1 to 300");
  }

  @ParameterizedTest
  @MethodSource("dev.hognose.leak.Garbage#ofEverySize")
  void garbageIsRefused(byte[] garbage) {
    assertThatThrownBy(() -> LifeObservation.unpack(garbage))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
    assertThatThrownBy(() -> ServiceHistory.unpack(garbage))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }
}
