package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever is waited for commits at once, and a storm of them no more often than a thread may. */
class PromptCommitTest {

  private static final long T0 = Telemetry.T0.toEpochMilli();

  private final CommitPace pace = new CommitPace();
  private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
  private final PromptCommit commit = new PromptCommit(pace, context);

  @BeforeEach
  void begin() {
    at(0);
  }

  private void at(long ms) {
    context.setCurrentSystemTimeMs(T0 + ms);
  }

  /** For what is so now. */
  private void ask() {
    commit.ask(context.currentSystemTimeMs());
  }

  private boolean takeCommitted() {
    boolean committed = context.committed();
    context.resetCommit();
    return committed;
  }

  private long timers() {
    return context.scheduledPunctuators().stream().filter(timer -> !timer.cancelled()).count();
  }

  private CapturedPunctuator onlyTimer() {
    assertThat(timers()).isOne();
    return context.scheduledPunctuators().stream()
        .filter(timer -> !timer.cancelled())
        .findFirst()
        .orElseThrow();
  }

  /** As many as there are topics between what a process says and its alert. */
  private void askForAllAtOnce() {
    for (int i = 0; i < CommitPace.AT_ONCE; i++) {
      ask();
      assertThat(takeCommitted()).as("number %d", i).isTrue();
    }
  }

  @Test
  void theFirstCommitAtOnce() {
    askForAllAtOnce();

    assertThat(timers()).isZero();
  }

  @Test
  void ofAStormTheRestWaitsTogetherAndIsNotLeft() {
    askForAllAtOnce();
    for (int ms = 1; ms < 60; ms++) {
      at(ms);
      ask();
    }

    assertThat(takeCommitted()).isFalse();
    CapturedPunctuator timer = onlyTimer();
    assertThat(timer.getInterval()).isEqualTo(CommitPace.APART.minusMillis(1));

    at(100);
    timer.getPunctuator().punctuate(T0 + 100);
    assertThat(takeCommitted()).isTrue();
    assertThat(timers()).isZero();

    at(150);
    ask();
    assertThat(takeCommitted()).as("50 ms after the timer's commit").isFalse();
    assertThat(onlyTimer().getInterval()).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void nobodyWaitsForWhatIsOfLongAgo() {
    long longAgoMs = PromptCommit.LONG_AGO.toMillis();

    commit.ask(T0 - longAgoMs - 1);
    assertThat(takeCommitted()).as("longer ago").isFalse();
    assertThat(timers()).isZero();

    commit.ask(T0 - longAgoMs);
    assertThat(takeCommitted()).as("just not").isTrue();
  }

  @Test
  void tasksOfAThreadShareThePace() {
    MockProcessorContext<Void, Void> other = new MockProcessorContext<>();
    other.setCurrentSystemTimeMs(T0 + 10);

    askForAllAtOnce();
    new PromptCommit(pace, other).ask(T0);

    assertThat(other.committed()).isFalse();
    assertThat(other.scheduledPunctuators()).hasSize(1);
  }

  @Test
  void threadsDoNot() throws InterruptedException {
    MockProcessorContext<Void, Void> other = new MockProcessorContext<>();
    other.setCurrentSystemTimeMs(T0 + 10);

    askForAllAtOnce();
    Thread thread = new Thread(() -> new PromptCommit(pace, other).ask(T0));
    thread.start();
    thread.join();

    assertThat(other.committed()).isTrue();
  }

  @Test
  void aClockThatIsSetBackHoldsUpNobody() {
    askForAllAtOnce();
    at(-3_600_000);

    askForAllAtOnce();
    ask();
    assertThat(takeCommitted()).as("the pace is kept by the new clock").isFalse();
  }

  @Test
  void timersOfOneMomentCountForNoMoreThanIsAllowed() {
    askForAllAtOnce();
    for (int i = 0; i < 5; i++) {
      pace.asked(T0);
    }
    at(CommitPace.APART.toMillis());
    ask();

    assertThat(takeCommitted()).isTrue();
  }

  @Test
  void afterTheirPaceEachCommitsAtOnce() {
    for (int round = 0; round < 3; round++) {
      at(round * CommitPace.APART.toMillis());
      ask();
      assertThat(takeCommitted()).as("round %d", round).isTrue();
    }
  }
}
