package dev.hognose.collector.fleet;

import static dev.hognose.collector.Examples.INTERVAL;
import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.loop;
import static dev.hognose.collector.Examples.sample;
import static dev.hognose.collector.Examples.started;
import static dev.hognose.collector.Examples.stopped;
import static dev.hognose.collector.Examples.trend;
import static dev.hognose.collector.fleet.Outcome.APPLIED;
import static dev.hognose.collector.fleet.Outcome.STALE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.collector.Examples;
import dev.hognose.collector.ManualClock;
import dev.hognose.fixture.SampleBuilder;
import dev.hognose.leak.Trend.Verdict;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetTest {

  private static final int PARTITION = 3;
  private static final Duration DAY = Duration.ofDays(1);

  private final ManualClock clock = new ManualClock(T0);
  private final Fleet fleet = new Fleet(clock, DAY);

  @Test
  void firstSampleMakesAProcessLive() {
    Sample sample = sample(PROCESS, 1, T0);

    assertThat(hear(sample)).isEqualTo(APPLIED);

    assertThat(shown()).extracting(ProcessState::latest).containsExactly(sample);
  }

  @Test
  void nothingIsSeenBeforeItIsPublished() {
    hear(sample(PROCESS, 1, T0));

    assertThat(fleet.snapshot()).isEqualTo(FleetSnapshot.EMPTY);
  }

  @Test
  void snapshotTakenBeforeIsNotChangedLater() {
    hear(sample(PROCESS, 1, T0));
    List<ProcessState> before = shown();

    hear(sample(Examples.process(7), 1, T0));

    assertThat(shown()).hasSize(2);
    assertThat(before).hasSize(1);
  }

  @Test
  void laterSampleTakesThePlaceOfAnEarlierOne() {
    Sample later = sample(PROCESS, 2, T0.plus(INTERVAL));
    hear(sample(PROCESS, 1, T0));
    hear(later);

    assertThat(shown()).extracting(ProcessState::latest).containsExactly(later);
  }

  @Test
  void sampleAgainOrOutOfOrderIsStale() {
    Sample second = sample(PROCESS, 2, T0.plus(INTERVAL));
    hear(second);

    assertThat(hear(second)).isEqualTo(STALE);
    assertThat(hear(sample(PROCESS, 1, T0))).isEqualTo(STALE);
    assertThat(shown()).extracting(ProcessState::latest).containsExactly(second);
  }

  @Test
  void processIsSilentAfterThreeIntervalsAndNotBefore() {
    hear(sample(PROCESS, 1, T0));

    clock.pass(INTERVAL.multipliedBy(3));
    assertThat(shown()).hasSize(1);

    clock.pass(Duration.ofMillis(250));
    assertThat(shown()).isEmpty();
  }

  @Test
  void processWhoseClockIsAnHourSlowLives() {
    hear(sample(PROCESS, 1, T0.minus(Duration.ofHours(1))));
    clock.pass(INTERVAL);

    assertThat(shown()).hasSize(1);
  }

  @Test
  void anyEventShowsThatAProcessLives() {
    hear(sample(PROCESS, 1, T0));
    clock.pass(INTERVAL.multipliedBy(3));
    fleet.apply(PARTITION, started(PROCESS, 2, clock.instant()), clock.instant());
    clock.pass(INTERVAL);

    assertThat(shown()).hasSize(1);
  }

  @Test
  void processWithTheLongestIntervalThatAgentsTakeIsLiveFromSampleToSample() {
    hear(SampleBuilder.like(sample(PROCESS, 1, T0)).interval(Duration.ofHours(1)).build());

    clock.pass(Duration.ofHours(1).plusSeconds(5));

    assertThat(shown()).hasSize(1);
  }

  @Test
  void longestIntervalDoesNotKeepADeadProcessForADay() {
    Sample slow = SampleBuilder.like(sample(PROCESS, 1, T0)).interval(Duration.ofDays(1)).build();
    hear(slow);

    clock.pass(Duration.ofHours(3).plusMillis(1));

    assertThat(shown()).isEmpty();
  }

  @Test
  void stoppedProcessEndsAtOnce() {
    hear(sample(PROCESS, 1, T0));
    assertThat(hear(2)).isEqualTo(APPLIED);

    assertThat(shown()).isEmpty();
  }

  @Test
  void sampleThatIsReadAfterTheEndIsStale() {
    hear(2);

    assertThat(hear(sample(PROCESS, 1, T0))).isEqualTo(STALE);
    assertThat(shown()).isEmpty();
  }

  @Test
  void agentThatStoppedAndBeganAgainIsLive() {
    hear(sample(PROCESS, 5, T0));

    assertThat(hear(3)).isEqualTo(STALE);
    assertThat(shown()).hasSize(1);
  }

  @Test
  void newProcessTakesThePidOfAnOldOne() {
    ProcessId successor = new ProcessId("orders", "web-1", PROCESS.pid(), T0);
    hear(sample(PROCESS, 9, T0));
    hear(sample(successor, 1, T0));

    assertThat(hear(sample(PROCESS, 10, T0))).isEqualTo(STALE);
    assertThat(shown()).extracting(ProcessState::id).containsExactly(successor);
  }

  @Test
  void ofTwoLoopsWithOneNameTheFirstIsShown() {
    EventLoop first = loop("MainThread", Histogram.of(new long[] {1}, 0));
    EventLoop second = loop("MainThread", Histogram.of(new long[] {2}, 0));
    EventLoop other = loop("worker", Histogram.EMPTY);
    Cpu idle = new Cpu(Duration.ZERO, Duration.ZERO);
    hear(sample(PROCESS, 1, T0, idle, List.of(first, second, other)));

    assertThat(shown().get(0).loops()).containsExactly(first, other);
  }

  @Test
  void startAndTrendReadBeforeTheFirstSampleAreShownWithIt() {
    fleet.apply(PARTITION, started(PROCESS, 1, T0), T0);
    fleet.apply(PARTITION, trend(PROCESS, T0, Verdict.STEADY));
    hear(sample(PROCESS, 2, T0));

    ProcessState state = shown().get(0);
    assertThat(state.started()).get().extracting(facts -> facts.python()).isEqualTo("3.11.7");
    assertThat(state.trend()).get().extracting(trend -> trend.verdict()).isEqualTo(Verdict.STEADY);
  }

  @Test
  void olderTrendIsStale() {
    hear(sample(PROCESS, 1, T0));
    fleet.apply(PARTITION, trend(PROCESS, T0.plusSeconds(1), Verdict.LEAKING));

    assertThat(fleet.apply(PARTITION, trend(PROCESS, T0, Verdict.STEADY))).isEqualTo(STALE);
    assertThat(shown().get(0).trend())
        .get()
        .extracting(trend -> trend.verdict())
        .isEqualTo(Verdict.LEAKING);
  }

  @Test
  void deletedTrendIsUnknownAgain() {
    hear(sample(PROCESS, 1, T0));
    fleet.apply(PARTITION, trend(PROCESS, T0, Verdict.LEAKING));
    fleet.removeTrend(PROCESS.key());

    assertThat(shown().get(0).trend()).isEmpty();
  }

  @Test
  void trendOfAProcessThatNeverCameIsForgotten() {
    fleet.apply(PARTITION, trend(PROCESS, T0, Verdict.LEAKING));
    clock.pass(Duration.ofMinutes(11));
    fleet.publish();
    hear(sample(PROCESS, 1, clock.instant()));

    assertThat(shown().get(0).trend()).isEmpty();
  }

  @Test
  void partitionThatIsNoLongerOursTakesItsProcessesAlong() {
    ProcessId other = Examples.process(7);
    hear(sample(PROCESS, 1, T0));
    fleet.apply(PARTITION + 1, sample(other, 1, T0), T0);

    fleet.removeSampledOn(PARTITION);

    assertThat(shown()).extracting(ProcessState::id).containsExactly(other);
  }

  @Test
  void processComesBackAfterItsPartitionWentAndCame() {
    hear(sample(PROCESS, 5, T0));
    fleet.removeSampledOn(PARTITION);

    assertThat(hear(sample(PROCESS, 3, T0))).isEqualTo(APPLIED);
  }

  private Outcome hear(Sample sample) {
    return fleet.apply(PARTITION, sample, clock.instant());
  }

  private Outcome hear(long stopSequence) {
    return fleet.apply(PARTITION, stopped(PROCESS, stopSequence, T0), clock.instant());
  }

  private List<ProcessState> shown() {
    fleet.publish();
    return fleet.snapshot().processes();
  }
}
