package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventClockTest {

  private static final ServicePolicy POLICY = ServicePolicy.DEFAULT;
  private static final long T0 = 1_763_632_800_000L;
  private static final long SECOND = 1_000;
  private static final long HOUR = 3_600 * SECOND;

  private static EventClock of(long... times) {
    EventClock clock = EventClock.NONE;
    for (long time : times) {
      clock = clock.and(time, POLICY);
    }
    return clock;
  }

  @Test
  void itIsTheLatestReading() {
    assertThat(of(T0, T0 + 30 * SECOND, T0 + 20 * SECOND).reachedMs()).isEqualTo(T0 + 30 * SECOND);
  }

  @Test
  void itIsToldInWholeBuckets() {
    assertThat(of(T0 + 119 * SECOND).reachedMs(POLICY)).isEqualTo(T0);
    assertThat(of(T0 + 120 * SECOND).reachedMs(POLICY)).isEqualTo(T0 + 120 * SECOND);
  }

  @Test
  void aClockThatIsFarAheadMovesNothingWhileOthersGoOn() {
    EventClock clock = of(T0);
    for (int n = 0; n < 1_000; n++) {
      clock =
          clock.and(T0 + n * 10L * SECOND + 24 * HOUR, POLICY).and(T0 + n * 10L * SECOND, POLICY);
    }

    assertThat(clock.reachedMs()).isEqualTo(T0 + 9_990 * SECOND);
  }

  @Test
  void afterAGapOfAllItGoesOnWithinABucket() {
    long after = T0 + 9 * HOUR;

    assertThat(of(T0, after, after + 60 * SECOND).reachedMs()).isEqualTo(T0);
    assertThat(of(T0, after, after + 60 * SECOND, after + 120 * SECOND).reachedMs())
        .isEqualTo(after + 120 * SECOND);
  }

  @Test
  void withAShortBucketAnHourIsStillFar() {
    ServicePolicy fast = POLICY.withBucket(Duration.ofSeconds(1));

    assertThat(new EventClock(T0, 0, 0).and(T0 + HOUR, fast).reachedMs()).isEqualTo(T0 + HOUR);
    assertThat(new EventClock(T0, 0, 0).and(T0 + HOUR + 1, fast).reachedMs()).isEqualTo(T0);
  }
}
