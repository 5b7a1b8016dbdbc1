package dev.hognose.collector.history;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.sample;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.collector.ManualClock;
import dev.hognose.wire.Topics;
import dev.hognose.wire.sample.SampleCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the topic of samples still tells of a process. */
class PastSamplesTest {

  private static final Instant STARTED = PROCESS.startedAt();
  private static final Instant MIDWAY = T0.minusSeconds(1800);

  @Test
  void windowWhoseBeginningIsForgottenIsNotWhole() {
    assertThat(history(7, MIDWAY, STARTED).whole()).isFalse();
    assertThat(history(7, MIDWAY, STARTED).points()).hasSize(2);

    assertThat(history(7, MIDWAY, MIDWAY.plusSeconds(60)).whole()).as("it is kept").isTrue();
    assertThat(history(0, MIDWAY, STARTED).whole()).as("nothing was lost").isTrue();
    Instant before = STARTED.minusSeconds(3600);
    assertThat(history(7, before, before.minusSeconds(3600)).whole())
        .as("what was lost is older than the process")
        .isTrue();
  }

  /** A reading has time for three records here. */
  @Test
  void windowIsReadUntilNothingOfItCanFollow() {
    byte[] key = PROCESS.key().getBytes(UTF_8);
    byte[] another = "another".getBytes(UTF_8);
    Instant end = T0.plusSeconds(10);
    Instant hourLater = end.plusSeconds(3600);
    SampleCodec codec = new SampleCodec();
    PastConsumer consumer = new PastConsumer(Topics.SAMPLES.name(), 1, 0);
    consumer.setMaxPollRecords(1);
    consumer.has(
        0,
        List.of(
            consumer.record(0, 0, T0, key, codec.encode(sample(PROCESS, 8, T0))),
            consumer.record(0, 1, hourLater.minusMillis(1), another, another),
            consumer.record(0, 2, end, key, codec.encode(sample(PROCESS, 9, end))),
            consumer.record(0, 3, hourLater, another, another),
            consumer.record(0, 4, hourLater.plusSeconds(1), another, another)));
    ManualClock clock = new ManualClock(end);

    History history =
        new PastSamples(() -> consumer, () -> secondLater(clock))
            .apply(new HistoryQuery(PROCESS, T0, end));

    assertThat(history.points()).as("the one that came late, too").hasSize(2);
    assertThat(history.whole()).isTrue();
  }

  private static Instant secondLater(ManualClock clock) {
    clock.pass(Duration.ofSeconds(1));
    return clock.instant();
  }

  /** Of a topic from an offset and a moment on, with two samples of the process at its end. */
  private static History history(long beginning, Instant kept, Instant from) {
    byte[] key = PROCESS.key().getBytes(UTF_8);
    byte[] another = "another".getBytes(UTF_8);
    PastConsumer consumer = new PastConsumer(Topics.SAMPLES.name(), 1, beginning);
    Instant later = T0.plusSeconds(10);
    SampleCodec codec = new SampleCodec();
    consumer.has(
        0,
        List.of(
            consumer.record(0, beginning, kept, another, another),
            consumer.record(0, beginning + 1, T0, key, codec.encode(sample(PROCESS, 8, T0))),
            consumer.record(
                0, beginning + 2, later, key, codec.encode(sample(PROCESS, 9, later)))));
    return new PastSamples(() -> consumer, new ManualClock(later))
        .apply(new HistoryQuery(PROCESS, from, later));
  }
}
