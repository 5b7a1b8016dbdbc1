package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockWatchTest {

  private static final long HOUR = 3_600_000;

  private final List<Duration> told = new ArrayList<>();
  private long clockMs = 1_700_000_000_000L;
  private long elapsedMs = -7 * HOUR;
  private final ClockWatch watch = new ClockWatch(() -> clockMs, () -> elapsedMs, told::add);

  @Test
  void aClockThatGoesOnIsNotTold() {
    for (int second = 0; second < 100; second++) {
      pass(1_000, 0);
    }
    pass(8 * HOUR, 0);

    assertThat(told).isEmpty();
  }

  @Test
  void aClockThatIsSetBackIsToldOnceByHowMuch() {
    pass(1_000, 0);
    pass(1_000, -HOUR);
    pass(1_000, 0);

    assertThat(told).containsExactly(Duration.ofMillis(HOUR));
  }

  @Test
  void smallStepsAreToldWhenTheyAddUpToMoreThanIsTolerated() {
    pass(1_000, 0);
    pass(1_000, -ClockWatch.TOLERATED.toMillis());
    assertThat(told).isEmpty();

    pass(1_000, -1);
    assertThat(told).containsExactly(ClockWatch.TOLERATED.plusMillis(1));
  }

  /** What waits for the time that was shown would wait for an hour. */
  @Test
  void aClockThatWasAheadAndIsPutRightIsTold() {
    pass(1_000, 0);
    pass(1_000, HOUR);
    assertThat(told).isEmpty();

    pass(1_000, -HOUR);
    assertThat(told).containsExactly(Duration.ofMillis(HOUR));
  }

  @Test
  void itLooksByItself() throws Exception {
    List<Duration> seen = new ArrayList<>();
    Object lock = new Object();
    long[] clock = {HOUR};
    ClockWatch looking =
        new ClockWatch(
            () -> {
              synchronized (lock) {
                // Each look sees a clock that has been set back since the one before.
                clock[0] -= HOUR;
                return clock[0];
              }
            },
            () -> 0,
            back -> {
              synchronized (lock) {
                seen.add(back);
                lock.notifyAll();
              }
            });
    try (looking) {
      looking.start();
      synchronized (lock) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (seen.isEmpty() && System.nanoTime() < deadline) {
          lock.wait(1_000);
        }
      }
    }
    synchronized (lock) {
      assertThat(seen).isNotEmpty().allMatch(Duration.ofMillis(HOUR)::equals);
    }
  }

  private void pass(long ms, long setMs) {
    elapsedMs += ms;
    clockMs += ms + setMs;
    watch.look();
  }
}
