package dev.hognose.collector.intake;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.alert;
import static dev.hognose.collector.Examples.sample;
import static dev.hognose.collector.Examples.stopped;
import static dev.hognose.collector.Examples.trend;
import static dev.hognose.collector.intake.ScriptedConsumer.sampled;
import static dev.hognose.collector.intake.ScriptedConsumer.samples;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.alert.Alert;
import dev.hognose.collector.Examples;
import dev.hognose.collector.fleet.ProcessState;
import dev.hognose.leak.Trend.Verdict;
import dev.hognose.sample.Sample;
import dev.hognose.wire.AlertCodec;
import dev.hognose.wire.EventCodec;
import dev.hognose.wire.Schema;
import dev.hognose.wire.ServiceSummaryCodec;
import dev.hognose.wire.Topics;
import dev.hognose.wire.TrendCodec;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What becomes of records, and when all has been read. */
class IntakeTest {

  private static final String SAMPLES = Topics.SAMPLES.name();
  private static final String EVENTS = Topics.EVENTS.name();
  private static final String TRENDS = Topics.TRENDS.name();
  private static final String SERVICES = Topics.SERVICES.name();
  private static final String ALERTS = Topics.ALERTS.name();

  private final ScriptedIntake intake = new ScriptedIntake();

  @Test
  void allAboutAProcessIsShownTogether() {
    intake.consumer.topics(1);
    intake.script(
        () -> intake.consumer.assign(0),
        () -> {
          intake.addSample(0, sample(PROCESS, 2, T0));
          intake.add(EVENTS, 0, new EventCodec().encode(Examples.started(PROCESS, 1, T0)));
          intake.add(TRENDS, 0, new TrendCodec().encode(trend(PROCESS, T0, Verdict.LEAKING)));
          intake.add(ALERTS, 0, new AlertCodec().encode(alert("a1", "orders leaks")));
        });

    intake.run();

    ProcessState state = intake.fleet.snapshot().processes().get(0);
    assertThat(state.id()).isEqualTo(PROCESS);
    assertThat(state.trend()).isPresent();
    assertThat(state.started()).isPresent();
    assertThat(intake.fleet.snapshot().alerts()).extracting(Alert::id).containsExactly("a1");
    assertThat(intake.consumer.closed()).isTrue();
  }

  @Test
  void outcomesAddUpToWhatWasReceived() {
    intake.consumer.topics(1);
    Sample first = sample(PROCESS, 1, T0);
    intake.script(
        () -> intake.consumer.assign(0),
        () -> {
          intake.addSample(0, first);
          intake.addSample(1, first);
          intake.add(SAMPLES, 2, "no protobuf".getBytes(UTF_8));
          intake.consumer.addRecord(withSchema(sampled(0, 3, first), "2"));
          intake.consumer.addRecord(withSchema(sampled(0, 4, first), "two"));
          intake.consumer.addRecord(new ConsumerRecord<>(SAMPLES, 0, 5, null, null));
          intake.addSample(6, sample(PROCESS, 2, T0));
          intake.add(ALERTS, 0, new byte[0]);
        });

    intake.run();

    assertThat(intake.counted(SAMPLES, "applied")).isEqualTo(2);
    assertThat(intake.counted(SAMPLES, "stale")).isEqualTo(1);
    assertThat(intake.counted(SAMPLES, "malformed")).isEqualTo(4);
    assertThat(intake.counted(ALERTS, "malformed")).isEqualTo(1);
    assertThat(intake.fleet.snapshot().processes())
        .extracting(each -> each.latest().sequence())
        .containsExactly(2L);
  }

  @Test
  void deletionsAreAppliedAndOnlyWhereThereIsAKey() {
    intake.consumer.topics(1);
    intake.script(
        () -> intake.consumer.assign(0),
        () -> {
          intake.addSample(0, sample(PROCESS, 1, T0));
          intake.add(TRENDS, 0, new TrendCodec().encode(trend(PROCESS, T0, Verdict.LEAKING)));
          intake.add(ALERTS, 0, new AlertCodec().encode(alert("a1", "orders leaks")));
          intake.add(SERVICES, 0, new ServiceSummaryCodec().encode(Examples.summary("orders", T0)));
          intake.consumer.addRecord(deletion(SERVICES, 1, "orders"));
          intake.consumer.addRecord(deletion(TRENDS, 1, PROCESS.key()));
          intake.consumer.addRecord(deletion(ALERTS, 1, "a1"));
          intake.consumer.addRecord(new ConsumerRecord<>(ALERTS, 0, 2, null, null));
        });

    intake.run();

    assertThat(intake.fleet.snapshot().alerts()).isEmpty();
    assertThat(intake.fleet.snapshot().summaries()).isEmpty();
    assertThat(intake.counted(SERVICES, "applied")).isEqualTo(2);
    assertThat(intake.fleet.snapshot().processes().get(0).trend()).isEmpty();
    assertThat(intake.counted(ALERTS, "applied")).isEqualTo(2);
    assertThat(intake.counted(ALERTS, "malformed")).isEqualTo(1);
  }

  @Test
  void minuteOfAServiceIsReplacedByALaterOneAndOnlyByThat() {
    intake.consumer.topics(1);
    ServiceSummaryCodec codec = new ServiceSummaryCodec();
    intake.script(
        () -> intake.consumer.assign(0),
        () -> {
          intake.add(SERVICES, 0, codec.encode(Examples.summary("orders", T0.minusSeconds(60))));
          intake.add(SERVICES, 1, codec.encode(Examples.summary("orders", T0)));
          intake.add(SERVICES, 2, codec.encode(Examples.summary("orders", T0.minusSeconds(120))));
          intake.add(SERVICES, 3, codec.encode(Examples.summary("old", T0.minusSeconds(301))));
        });

    intake.run();

    assertThat(intake.fleet.snapshot().summaries())
        .extracting(each -> each.service() + " " + each.minute())
        .containsExactly("orders " + T0);
    assertThat(intake.counted(SERVICES, "applied")).isEqualTo(3);
    assertThat(intake.counted(SERVICES, "stale")).isEqualTo(1);
  }

  @Test
  void readingBeginsTwoMinutesAgoAndCompactedTopicsAreReadWhole() {
    intake.consumer.topics(1);
    intake.consumer.written(samples(0), 0, 100);
    intake.consumer.written(new TopicPartition(EVENTS, 0), 0, 50);
    intake.consumer.written(new TopicPartition(ALERTS, 0), 7, 9);
    intake.consumer.byTime.put(samples(0), new OffsetAndTimestamp(90, 0));
    intake.script(() -> intake.consumer.assign(0), () -> intake.noteAllPositions());

    intake.run();

    assertThat(intake.consumer.askedFor.get(samples(0)))
        .isEqualTo(T0.minusSeconds(120).toEpochMilli());
    assertThat(intake.seen)
        .containsExactly(
            SAMPLES + " 90", EVENTS + " 50", TRENDS + " 0", SERVICES + " 0", ALERTS + " 7");
  }

  @Test
  void isWholeOnceTheEndSeenAtAssignmentIsReached() {
    intake.consumer.topics(1);
    intake.consumer.written(new TopicPartition(ALERTS, 0), 0, 2);
    assertThat(intake.waitingFor()).contains("starting");
    intake.script(
        () -> {},
        intake::noteWaiting,
        () -> intake.consumer.assign(0),
        () -> {
          intake.noteWaiting();
          intake.add(ALERTS, 0, new AlertCodec().encode(alert("a1", "one")));
        },
        () -> {
          intake.noteWaiting();
          intake.add(ALERTS, 1, new AlertCodec().encode(alert("a2", "two")));
        },
        intake::noteWaiting);

    intake.run();

    assertThat(intake.seen)
        .containsExactly(
            "waiting for partitions from the consumer group",
            "reading what was there before: 2 offsets to go",
            "reading what was there before: 1 offsets to go",
            "whole");
  }

  @Test
  void backlogOfADeadProcessDoesNotRaiseIt() {
    intake.consumer.topics(1);
    intake.consumer.written(samples(0), 0, 1);
    intake.consumer.byTime.put(samples(0), new OffsetAndTimestamp(0, 0));
    Instant longAgo = T0.minusSeconds(100);
    intake.script(
        () -> intake.consumer.assign(0),
        () -> {
          intake.addSample(0, sample(PROCESS, 1, longAgo));
          // This one came after we did, so that its process lives whatever its clock says.
          intake.addSample(1, sample(Examples.process(7), 1, longAgo));
        });

    intake.run();

    assertThat(intake.fleet.snapshot().processes())
        .extracting(ProcessState::id)
        .containsExactly(Examples.process(7));
  }

  @Test
  void processesFallSilentWhileNothingComes() {
    intake.consumer.topics(1);
    intake.script(
        () -> intake.consumer.assign(0),
        () -> intake.addSample(0, sample(PROCESS, 1, T0)),
        () -> {
          intake.noteFleet();
          intake.clock.pass(Duration.ofSeconds(31));
        },
        intake::noteFleet);

    intake.run();

    assertThat(intake.seen).containsExactly("[4242]", "[]");
  }

  @Test
  void stoppedProcessEnds() {
    intake.consumer.topics(1);
    intake.script(
        () -> intake.consumer.assign(0),
        () -> intake.addSample(0, sample(PROCESS, 1, T0)),
        () -> {
          intake.noteFleet();
          intake.add(EVENTS, 0, new EventCodec().encode(stopped(PROCESS, 2, T0)));
        },
        intake::noteFleet);

    intake.run();

    assertThat(intake.seen).containsExactly("[4242]", "[]");
  }

  @Test
  void defectOfOursIsNotSwallowed() {
    intake.consumer.topics(1);
    intake.consumer.schedulePollTask(
        () -> {
          throw new IllegalStateException("a defect");
        });

    assertThatThrownBy(intake::run).hasMessage("a defect");
    assertThat(intake.consumer.closed()).isTrue();
  }

  @Test
  void closedBeforeItBeganItOnlyClosesTheConsumer() {
    intake.close();
    intake.run();

    assertThat(intake.consumer.closed()).isTrue();
  }

  private static ConsumerRecord<byte[], byte[]> withSchema(
      ConsumerRecord<byte[], byte[]> record, String major) {
    record.headers().add(Schema.HEADER, major.getBytes(UTF_8));
    return record;
  }

  private static ConsumerRecord<byte[], byte[]> deletion(String topic, long offset, String key) {
    return new ConsumerRecord<>(topic, 0, offset, key.getBytes(UTF_8), null);
  }
}
