package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What ends is told apart from what leaks, in shapes that nothing was tuned on. */
class ShapeTest {

  private static final Duration DAYS = Duration.ofHours(60);
  private static final int SEEDS = 3;

  private final LeakDetector detector = new LeakDetector(LeakPolicy.PAGER);

  static Stream<Arguments> shapes() {
    return Arrays.stream(Shape.values())
        .flatMap(shape -> LongStream.range(0, SEEDS).mapToObj(seed -> Arguments.of(shape, seed)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("shapes")
  void onlyWhatLeaksIsTold(Shape shape, long seed) {
    Told told = judge(shape.readings(DAYS, new SplittableRandom(seed)));

    switch (shape.truth()) {
      case LEAKS ->
          assertThat(told.onsetHours()).first().satisfies(hour -> assertThat(hour).isLessThan(24));
      case ENDS -> assertThat(told.onsetHours()).isEmpty();
      case DECEIVES -> assertThat(told.atTheEnd()).isEmpty();
    }
  }

  /**
   * What was told of a process up to its memory limit.
   *
   * @param onsetHours since the start
   */
  private record Told(List<Double> onsetHours, Optional<OwnLeak> atTheEnd) {}

  private Told judge(List<MemoryReading> readings) {
    List<Double> hours = new ArrayList<>();
    LeakState state = LeakState.initial();
    for (MemoryReading reading : readings) {
      if (reading.residentKib() >= reading.limitBytes() >> 10) {
        break;
      }
      LeakStep step = detector.next(state, reading);
      state = step.state();
      if (step.outcome() instanceof Outcome.Told told
          && told.event() instanceof LeakEvent.Onset onset) {
        hours.add((onset.at().toEpochMilli() - Memory.START_MS) / 3.6e6);
      }
    }
    return new Told(hours, state.ownLeak());
  }
}
