package dev.hognose.collector.intake;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.alert;
import static dev.hognose.collector.Examples.sample;
import static dev.hognose.collector.Examples.stopped;
import static dev.hognose.collector.Examples.trend;
import static dev.hognose.collector.intake.ScriptedConsumer.failing;
import static dev.hognose.collector.intake.ScriptedConsumer.record;
import static dev.hognose.collector.intake.ScriptedConsumer.sampled;
import static dev.hognose.collector.intake.ScriptedConsumer.samples;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.alert.Alert;
import dev.hognose.collector.Examples;
import dev.hognose.collector.ManualClock;
import dev.hognose.collector.fleet.Fleet;
import dev.hognose.collector.fleet.ProcessState;
import dev.hognose.leak.Trend.Verdict;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.wire.AlertCodec;
import dev.hognose.wire.EventCodec;
import dev.hognose.wire.Schema;
import dev.hognose.wire.ServiceSummaryCodec;
import dev.hognose.wire.Topics;
import dev.hognose.wire.TrendCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class IntakeTest {

  private static final String SAMPLES = Topics.SAMPLES.name();
  private static final String EVENTS = Topics.EVENTS.name();
  private static final String TRENDS = Topics.TRENDS.name();
  private static final String SERVICES = Topics.SERVICES.name();
  private static final String ALERTS = Topics.ALERTS.name();

  private final ManualClock clock = new ManualClock(T0);
  private final Fleet fleet = new Fleet(clock, Duration.ofDays(1));
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ScriptedConsumer consumer = new ScriptedConsumer();
  private final Intake intake =
      new Intake(Source.nameless(consumer, "broker:9092"), fleet, registry);
  private final List<String> seen = new ArrayList<>();

  @Test
  void allAboutAProcessIsShownTogether() {
    consumer.topics(1);
    script(
        () -> consumer.assign(0),
        () -> {
          addSample(0, sample(PROCESS, 2, T0));
          add(EVENTS, 0, new EventCodec().encode(Examples.started(PROCESS, 1, T0)));
          add(TRENDS, 0, new TrendCodec().encode(trend(PROCESS, T0, Verdict.LEAKING)));
          add(ALERTS, 0, new AlertCodec().encode(alert("a1", "orders leaks")));
        });

    intake.run();

    ProcessState state = fleet.snapshot().processes().get(0);
    assertThat(state.id()).isEqualTo(PROCESS);
    assertThat(state.trend()).isPresent();
    assertThat(state.started()).isPresent();
    assertThat(fleet.snapshot().alerts()).extracting(Alert::id).containsExactly("a1");
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void outcomesAddUpToWhatWasReceived() {
    consumer.topics(1);
    Sample first = sample(PROCESS, 1, T0);
    script(
        () -> consumer.assign(0),
        () -> {
          addSample(0, first);
          addSample(1, first);
          add(SAMPLES, 2, "no protobuf".getBytes(UTF_8));
          consumer.addRecord(withSchema(sampled(0, 3, first), "2"));
          consumer.addRecord(withSchema(sampled(0, 4, first), "two"));
          consumer.addRecord(new ConsumerRecord<>(SAMPLES, 0, 5, null, null));
          addSample(6, sample(PROCESS, 2, T0));
          add(ALERTS, 0, new byte[0]);
        });

    intake.run();

    assertThat(counted(SAMPLES, "applied")).isEqualTo(2);
    assertThat(counted(SAMPLES, "stale")).isEqualTo(1);
    assertThat(counted(SAMPLES, "malformed")).isEqualTo(4);
    assertThat(counted(ALERTS, "malformed")).isEqualTo(1);
    assertThat(fleet.snapshot().processes())
        .extracting(each -> each.latest().sequence())
        .containsExactly(2L);
  }

  @Test
  void deletionsAreAppliedAndOnlyWhereThereIsAKey() {
    consumer.topics(1);
    script(
        () -> consumer.assign(0),
        () -> {
          addSample(0, sample(PROCESS, 1, T0));
          add(TRENDS, 0, new TrendCodec().encode(trend(PROCESS, T0, Verdict.LEAKING)));
          add(ALERTS, 0, new AlertCodec().encode(alert("a1", "orders leaks")));
          add(SERVICES, 0, new ServiceSummaryCodec().encode(Examples.summary("orders", T0)));
          consumer.addRecord(deletion(SERVICES, 1, "orders"));
          consumer.addRecord(deletion(TRENDS, 1, PROCESS.key()));
          consumer.addRecord(deletion(ALERTS, 1, "a1"));
          consumer.addRecord(new ConsumerRecord<>(ALERTS, 0, 2, null, null));
        });

    intake.run();

    assertThat(fleet.snapshot().alerts()).isEmpty();
    assertThat(fleet.snapshot().summaries()).isEmpty();
    assertThat(counted(SERVICES, "applied")).isEqualTo(2);
    assertThat(fleet.snapshot().processes().get(0).trend()).isEmpty();
    assertThat(counted(ALERTS, "applied")).isEqualTo(2);
    assertThat(counted(ALERTS, "malformed")).isEqualTo(1);
  }

  @Test
  void minuteOfAServiceIsReplacedByALaterOneAndOnlyByThat() {
    consumer.topics(1);
    ServiceSummaryCodec codec = new ServiceSummaryCodec();
    script(
        () -> consumer.assign(0),
        () -> {
          add(SERVICES, 0, codec.encode(Examples.summary("orders", T0.minusSeconds(60))));
          add(SERVICES, 1, codec.encode(Examples.summary("orders", T0)));
          add(SERVICES, 2, codec.encode(Examples.summary("orders", T0.minusSeconds(120))));
          add(SERVICES, 3, codec.encode(Examples.summary("old", T0.minusSeconds(301))));
        });

    intake.run();

    assertThat(fleet.snapshot().summaries())
        .extracting(each -> each.service() + " " + each.minute())
        .containsExactly("orders " + T0);
    assertThat(counted(SERVICES, "applied")).isEqualTo(3);
    assertThat(counted(SERVICES, "stale")).isEqualTo(1);
  }

  @Test
  void readingBeginsTwoMinutesAgoAndCompactedTopicsAreReadWhole() {
    consumer.topics(1);
    consumer.written(samples(0), 0, 100);
    consumer.written(new TopicPartition(EVENTS, 0), 0, 50);
    consumer.written(new TopicPartition(ALERTS, 0), 7, 9);
    consumer.byTime.put(samples(0), new OffsetAndTimestamp(90, 0));
    script(() -> consumer.assign(0), () -> noteAllPositions());

    intake.run();

    assertThat(consumer.askedFor.get(samples(0))).isEqualTo(T0.minusSeconds(120).toEpochMilli());
    assertThat(seen)
        .containsExactly(
            SAMPLES + " 90", EVENTS + " 50", TRENDS + " 0", SERVICES + " 0", ALERTS + " 7");
  }

  @Test
  void isWholeOnceTheEndSeenAtAssignmentIsReached() {
    consumer.topics(1);
    consumer.written(new TopicPartition(ALERTS, 0), 0, 2);
    assertThat(intake.waitingFor()).contains("starting");
    script(
        () -> {},
        this::noteWaiting,
        () -> consumer.assign(0),
        () -> {
          noteWaiting();
          add(ALERTS, 0, new AlertCodec().encode(alert("a1", "one")));
        },
        () -> {
          noteWaiting();
          add(ALERTS, 1, new AlertCodec().encode(alert("a2", "two")));
        },
        this::noteWaiting);

    intake.run();

    assertThat(seen)
        .containsExactly(
            "waiting for partitions from the consumer group",
            "reading what was there before: 2 offsets to go",
            "reading what was there before: 1 offsets to go",
            "whole");
  }

  @Test
  void backlogOfADeadProcessDoesNotRaiseIt() {
    consumer.topics(1);
    consumer.written(samples(0), 0, 1);
    consumer.byTime.put(samples(0), new OffsetAndTimestamp(0, 0));
    Instant longAgo = T0.minusSeconds(100);
    script(
        () -> consumer.assign(0),
        () -> {
          addSample(0, sample(PROCESS, 1, longAgo));
          // This one came after we did, so that its process lives whatever its clock says.
          addSample(1, sample(Examples.process(7), 1, longAgo));
        });

    intake.run();

    assertThat(fleet.snapshot().processes())
        .extracting(ProcessState::id)
        .containsExactly(Examples.process(7));
  }

  @Test
  void processesFallSilentWhileNothingComes() {
    consumer.topics(1);
    script(
        () -> consumer.assign(0),
        () -> addSample(0, sample(PROCESS, 1, T0)),
        () -> {
          noteFleet();
          clock.pass(Duration.ofSeconds(31));
        },
        this::noteFleet);

    intake.run();

    assertThat(seen).containsExactly("[4242]", "[]");
  }

  @Test
  void stoppedProcessEnds() {
    consumer.topics(1);
    script(
        () -> consumer.assign(0),
        () -> addSample(0, sample(PROCESS, 1, T0)),
        () -> {
          noteFleet();
          add(EVENTS, 0, new EventCodec().encode(stopped(PROCESS, 2, T0)));
        },
        this::noteFleet);

    intake.run();

    assertThat(seen).containsExactly("[4242]", "[]");
  }

  @Test
  void partitionThatGoesTakesItsProcessesAndOneThatStaysGoesOn() {
    consumer.topics(2);
    ProcessId other = Examples.process(7);
    script(
        () -> consumer.assign(0, 1),
        () -> {
          addSample(0, sample(PROCESS, 1, T0));
          consumer.addRecord(sampled(1, 0, sample(other, 1, T0)));
        },
        this::noteFleet,
        () -> consumer.assign(1),
        () -> {
          noteFleet();
          consumer.othersShow(clock.instant(), 0, 1);
          clock.pass(Duration.ofMillis(100));
        },
        this::noteFleet,
        this::noteAllPositions);

    intake.run();

    assertThat(seen).startsWith("[7, 4242]", "[7, 4242]", "[7]").contains(SAMPLES + " 1");
  }

  @Test
  void partitionThatAnotherCollectorShowsIsReadUnseenAndShownAfterANotice() {
    consumer.topics(1);
    consumer.othersShow(T0.minusSeconds(3600), 0);
    script(
        () -> consumer.assign(0),
        () -> {
          addSample(0, sample(PROCESS, 1, T0));
          add(ALERTS, 0, new AlertCodec().encode(alert("a1", "orders leaks")));
        },
        () -> {
          noteFleet();
          noteWaiting();
          clock.pass(Handover.NOTICE);
        },
        () -> {
          noteFleet();
          noteWaiting();
        });

    intake.run();

    assertThat(seen)
        .containsExactly(
            "[]", "waiting for another collector to hand its partitions over", "[4242]", "whole");
    assertThat(fleet.snapshot().alerts()).hasSize(1);
  }

  @Test
  void partitionThatNobodyTakesOverIsGivenUp() {
    consumer.topics(2);
    script(
        () -> consumer.assign(0, 1),
        () -> addSample(0, sample(PROCESS, 1, T0)),
        () -> consumer.assign(1),
        () -> {
          noteFleet();
          clock.pass(Handover.GIVEN_UP_AFTER);
          consumer.othersShow(clock.instant(), 1);
        },
        this::noteFleet);

    intake.run();

    assertThat(seen).containsExactly("[4242]", "[]");
  }

  @Test
  void collectorThatEndsShowsWhatIsItsUntilOthersDo() {
    consumer.topics(2);
    script(
        () -> consumer.assign(0),
        () -> addSample(0, sample(PROCESS, 1, T0)),
        () -> {
          noteFleet();
          consumer.othersShow(clock.instant(), 0);
        });

    intake.run();

    assertThat(seen).containsExactly("[4242]");
    assertThat(fleet.snapshot().processes()).isEmpty();
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void offsetOfAnotherProgramIsNoSignature() {
    assertThat(ShownBy.isIn("")).isFalse();
    assertThat(ShownBy.isIn("shown by from 7")).isFalse();
    ShownBy us = ShownBy.somebodyNew();
    assertThat(us.untilOthers(us.from(T0))).isEmpty();
    assertThat(us.untilOthers(new ShownBy("another").from(T0))).contains(T0);
    assertThat(us.untilOthers("anything")).isEmpty();
  }

  @Test
  void allIsRevokedAndGivenBackWithoutAGap() {
    // As the classic protocol does it: everything is revoked, then most of it assigned again.
    consumer.topics(1);
    Assignment assignment = new Assignment(consumer, fleet);
    consumer.subscribe(TopicCheck.TOPICS, assignment);
    consumer.assign(0);
    List<TopicPartition> ours = List.copyOf(consumer.assignment());
    consumer.addRecord(sampled(0, 0, sample(PROCESS, 1, T0)));
    var records = consumer.poll(Duration.ZERO);
    new RecordReader(fleet, registry).read(records.iterator().next(), at -> at);
    assignment.advance(records);

    assignment.onPartitionsRevoked(ours);
    fleet.publish();
    assertThat(fleet.snapshot().processes()).hasSize(1);

    consumer.askedFor.clear();
    assignment.onPartitionsAssigned(ours);
    fleet.publish();
    assertThat(fleet.snapshot().processes()).hasSize(1);
    assertThat(consumer.position(samples(0))).isEqualTo(1);
    assertThat(consumer.askedFor).isEmpty();
  }

  @Test
  void lostPartitionsTakeTheirProcessesAtOnce() {
    consumer.topics(1);
    Assignment assignment = new Assignment(consumer, fleet);
    consumer.subscribe(TopicCheck.TOPICS, assignment);
    consumer.assign(0);
    fleet.apply(0, sample(PROCESS, 1, T0), T0);

    assignment.onPartitionsLost(consumer.assignment());
    fleet.publish();

    assertThat(fleet.snapshot().processes()).isEmpty();
  }

  @Test
  void waitsForABrokerAndThenForTheTopics() {
    consumer.beforeListing.add(failing(new TimeoutException("Timeout expired")));
    consumer.beforeListing.add(
        () -> {
          noteWaiting();
          consumer.topic(SAMPLES, 1);
        });
    consumer.beforeListing.add(
        () -> {
          noteWaiting();
          consumer.topics(1);
        });
    script(() -> consumer.assign(0), this::noteWaiting);

    intake.run();

    assertThat(seen)
        .containsExactly(
            "no broker answers at broker:9092",
            "topics [hognose.events, hognose.trends, hognose.services, hognose.alerts] do not exist"
                + " yet at broker:9092",
            "whole");
  }

  @Test
  void brokerThatGoesAwayLaterIsToldOnceItIsQuiet() {
    consumer.topics(1);
    consumer.beforeListing.add(() -> {});
    consumer.beforeListing.add(failing(new TimeoutException("Timeout expired")));
    script(
        () -> consumer.assign(0),
        () -> {
          noteWaiting();
          clock.pass(Duration.ofSeconds(5));
        },
        () -> {
          noteWaiting();
          addSample(0, sample(PROCESS, 1, T0));
        },
        this::noteWaiting);

    intake.run();

    assertThat(seen).containsExactly("whole", "no broker answers at broker:9092", "whole");
  }

  @Test
  void topicThatGoesWhileOthersAreBusyIsToldUntilItIsBack() {
    consumer.topics(1);
    script(
        () -> consumer.assign(0),
        () -> {
          noteWaiting();
          consumer.updatePartitions(ALERTS, List.of());
          sampleAfterSeconds(5, 0);
        },
        () -> {
          noteWaiting();
          sampleAfterSeconds(1, 1);
        },
        () -> {
          noteWaiting();
          consumer.topic(ALERTS, 1);
          sampleAfterSeconds(4, 2);
        },
        this::noteWaiting);

    intake.run();

    assertThat(seen)
        .containsExactly(
            "whole",
            "topics [hognose.alerts] do not exist yet at broker:9092",
            "topics [hognose.alerts] do not exist yet at broker:9092",
            "whole");
  }

  @Test
  void topicsThatAreSplitDifferentlyAreNotRead() {
    consumer.topics(2);
    consumer.topic(EVENTS, 3);
    consumer.beforeListing.add(() -> {});
    consumer.beforeListing.add(
        () -> {
          noteWaiting();
          intake.close();
        });

    intake.run();

    assertThat(seen)
        .containsExactly(
            "partitions {hognose.events=3, hognose.samples=2, hognose.trends=2}:"
                + " expected the same number in each at broker:9092");
  }

  @Test
  void failedReadIsToldAndBegunAgain() {
    consumer.topics(1);
    script(
        () -> consumer.assign(0),
        () -> addSample(0, sample(PROCESS, 1, T0)),
        () -> consumer.setPollException(new AuthorizationException("not allowed to read")),
        () -> {
          noteWaiting();
          noteFleet();
          consumer.assign(0);
        },
        this::noteWaiting);

    intake.run();

    assertThat(seen)
        .containsExactly(
            "reading from broker:9092 failed: Kafka does not allow it: not allowed to read:"
                + " expected the rights of hognose acls",
            "[]",
            "whole");
  }

  @Test
  void defectOfOursIsNotSwallowed() {
    consumer.topics(1);
    consumer.schedulePollTask(
        () -> {
          throw new IllegalStateException("a defect");
        });

    assertThatThrownBy(intake::run).hasMessage("a defect");
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void closedBeforeItBeganItOnlyClosesTheConsumer() {
    intake.close();
    intake.run();

    assertThat(consumer.closed()).isTrue();
  }

  /** One task a poll; the last closes the intake. */
  private void script(Runnable... polls) {
    for (Runnable poll : polls) {
      consumer.schedulePollTask(poll);
    }
    consumer.schedulePollTask(intake::close);
  }

  private void add(String topic, long offset, byte[] value) {
    consumer.addRecord(record(topic, 0, offset, value));
  }

  private void addSample(long offset, Sample sample) {
    consumer.addRecord(sampled(0, offset, sample));
  }

  private void sampleAfterSeconds(long seconds, long offset) {
    clock.pass(Duration.ofSeconds(seconds));
    addSample(offset, sample(PROCESS, offset + 1, clock.instant()));
  }

  private void noteWaiting() {
    seen.add(intake.waitingFor().orElse("whole"));
  }

  private void noteFleet() {
    seen.add(
        fleet.snapshot().processes().stream().map(each -> each.id().pid()).toList().toString());
  }

  private void noteAllPositions() {
    TopicCheck.TOPICS.forEach(
        topic ->
            consumer.assignment().stream()
                .filter(partition -> partition.topic().equals(topic))
                .forEach(partition -> seen.add(topic + " " + consumer.position(partition))));
  }

  private double counted(String topic, String outcome) {
    return Optional.ofNullable(
            registry
                .find("hognose.collector.records")
                .tags("topic", topic, "outcome", outcome)
                .counter())
        .orElseThrow()
        .count();
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
