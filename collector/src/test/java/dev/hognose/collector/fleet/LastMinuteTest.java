package dev.hognose.collector.fleet;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.loop;
import static dev.hognose.collector.Examples.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.sample.Cpu;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LastMinuteTest {

  private static final String LOOP = "MainThread";

  @Test
  void oneSampleIsNoRate() {
    assertThat(LastMinute.of(at(0, 12)).cpuCores()).isEmpty();
  }

  @Test
  void shareOfACoreIsThatOfTheLastMinute() {
    LastMinute minute = LastMinute.of(at(0, 0));
    for (int second = 10; second <= 600; second += 10) {
      // Idle for nine minutes, then half a core.
      minute = minute.plus(at(second, Math.max(0, second - 540) / 2.0));
    }

    assertThat(minute.cpuCores().getAsDouble()).isCloseTo(0.5, Offset.offset(1e-9));
  }

  @Test
  void fourSamplesASecondGiveTheSame() {
    LastMinute minute = LastMinute.of(at(0, 0));
    for (double second = 0.25; second <= 600; second += 0.25) {
      minute = minute.plus(at(second, Math.max(0, second - 500) / 2.0));
    }

    assertThat(minute.cpuCores().getAsDouble()).isCloseTo(0.5, Offset.offset(1e-9));
  }

  @Test
  void samplesFurtherApartThanAMinuteAreComparedWithTheOneBefore() {
    LastMinute minute = LastMinute.of(at(0, 0)).plus(at(300, 30)).plus(at(600, 330));

    assertThat(minute.cpuCores().getAsDouble()).isCloseTo(1, Offset.offset(1e-9));
  }

  @Test
  void clockThatWasSetBackBeginsAnew() {
    LastMinute minute = LastMinute.of(at(100, 10)).plus(at(110, 11)).plus(at(50, 12));
    assertThat(minute.cpuCores()).isEmpty();

    assertThat(minute.plus(at(60, 17)).cpuCores().getAsDouble())
        .isCloseTo(0.5, Offset.offset(1e-9));
  }

  @Test
  void lagIsWhatWasObservedInTheLastMinute() {
    LastMinute minute = LastMinute.of(lagging(0, 1000, 0));
    for (int second = 10; second <= 70; second += 10) {
      minute = minute.plus(lagging(second, 1000 + second, second / 10));
    }

    Histogram lag = minute.lag(LOOP);
    assertThat(lag.count(0)).isEqualTo(60);
    assertThat(lag.count(15)).isEqualTo(6);
  }

  @Test
  void loopThatIsNotThereHasNoLag() {
    assertThat(LastMinute.of(at(0, 0)).lag("no such loop")).isEqualTo(Histogram.EMPTY);
  }

  private static Sample at(double second, double cpuSeconds) {
    Duration cpu = Duration.ofMillis(Math.round(cpuSeconds * 1000));
    return sample(PROCESS, 1, instant(second), new Cpu(cpu, Duration.ZERO), List.of());
  }

  private static Sample lagging(int second, long quick, long slow) {
    long[] counts = new long[Histogram.buckets()];
    counts[0] = quick;
    counts[counts.length - 1] = slow;
    return sample(
        PROCESS,
        1,
        instant(second),
        new Cpu(Duration.ZERO, Duration.ZERO),
        List.of(loop(LOOP, Histogram.of(counts, 1))));
  }

  private static Instant instant(double second) {
    return T0.plusMillis(Math.round(second * 1000));
  }
}
