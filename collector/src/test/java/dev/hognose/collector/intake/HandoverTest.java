package dev.hognose.collector.intake;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.alert;
import static dev.hognose.collector.Examples.sample;
import static dev.hognose.collector.intake.ScriptedConsumer.sampled;
import static dev.hognose.collector.intake.ScriptedConsumer.samples;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.collector.Examples;
import dev.hognose.sample.ProcessId;
import dev.hognose.wire.AlertCodec;
import dev.hognose.wire.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Partitions come from other collectors and go to them. */
class HandoverTest {

  private static final String SAMPLES = Topics.SAMPLES.name();
  private static final String ALERTS = Topics.ALERTS.name();

  private final ScriptedIntake intake = new ScriptedIntake();

  @Test
  void allIsRevokedAndGivenBackWithoutAGap() {
    // As the classic protocol does it: everything is revoked, then most of it assigned again.
    intake.consumer.topics(1);
    Assignment assignment = new Assignment(intake.consumer, intake.fleet);
    intake.consumer.subscribe(TopicCheck.TOPICS, assignment);
    intake.consumer.assign(0);
    List<TopicPartition> ours = List.copyOf(intake.consumer.assignment());
    intake.consumer.addRecord(sampled(0, 0, sample(PROCESS, 1, T0)));
    var records = intake.consumer.poll(Duration.ZERO);
    new RecordReader(intake.fleet, intake.registry).read(records.iterator().next(), at -> at);
    assignment.advance(records);

    assignment.onPartitionsRevoked(ours);
    intake.fleet.publish();
    assertThat(intake.fleet.snapshot().processes()).hasSize(1);

    intake.consumer.askedFor.clear();
    assignment.onPartitionsAssigned(ours);
    intake.fleet.publish();
    assertThat(intake.fleet.snapshot().processes()).hasSize(1);
    assertThat(intake.consumer.position(samples(0))).isEqualTo(1);
    assertThat(intake.consumer.askedFor).isEmpty();
  }

  @Test
  void lostPartitionsTakeTheirProcessesAtOnce() {
    intake.consumer.topics(1);
    Assignment assignment = new Assignment(intake.consumer, intake.fleet);
    intake.consumer.subscribe(TopicCheck.TOPICS, assignment);
    intake.consumer.assign(0);
    intake.fleet.apply(0, sample(PROCESS, 1, T0), T0);

    assignment.onPartitionsLost(intake.consumer.assignment());
    intake.fleet.publish();

    assertThat(intake.fleet.snapshot().processes()).isEmpty();
  }

  @Test
  void partitionThatGoesTakesItsProcessesAndOneThatStaysGoesOn() {
    intake.consumer.topics(2);
    ProcessId other = Examples.process(7);
    intake.script(
        () -> intake.consumer.assign(0, 1),
        () -> {
          intake.addSample(0, sample(PROCESS, 1, T0));
          intake.consumer.addRecord(sampled(1, 0, sample(other, 1, T0)));
        },
        intake::noteFleet,
        () -> intake.consumer.assign(1),
        () -> {
          intake.noteFleet();
          intake.consumer.othersShow(intake.clock.instant(), 0, 1);
          intake.clock.pass(Duration.ofMillis(100));
        },
        intake::noteFleet,
        intake::noteAllPositions);

    intake.run();

    assertThat(intake.seen).startsWith("[7, 4242]", "[7, 4242]", "[7]").contains(SAMPLES + " 1");
  }

  @Test
  void partitionThatAnotherCollectorShowsIsReadUnseenAndShownAfterANotice() {
    intake.consumer.topics(1);
    intake.consumer.othersShow(T0.minusSeconds(3600), 0);
    intake.script(
        () -> intake.consumer.assign(0),
        () -> {
          intake.addSample(0, sample(PROCESS, 1, T0));
          intake.add(ALERTS, 0, new AlertCodec().encode(alert("a1", "orders leaks")));
        },
        () -> {
          intake.noteFleet();
          intake.noteWaiting();
          intake.clock.pass(Handover.NOTICE);
        },
        () -> {
          intake.noteFleet();
          intake.noteWaiting();
        });

    intake.run();

    assertThat(intake.seen)
        .containsExactly(
            "[]", "waiting for another collector to hand its partitions over", "[4242]", "whole");
    assertThat(intake.fleet.snapshot().alerts()).hasSize(1);
  }

  @Test
  void partitionThatNobodyTakesOverIsGivenUp() {
    intake.consumer.topics(2);
    intake.script(
        () -> intake.consumer.assign(0, 1),
        () -> intake.addSample(0, sample(PROCESS, 1, T0)),
        () -> intake.consumer.assign(1),
        () -> {
          intake.noteFleet();
          intake.clock.pass(Handover.GIVEN_UP_AFTER);
          intake.consumer.othersShow(intake.clock.instant(), 1);
        },
        intake::noteFleet);

    intake.run();

    assertThat(intake.seen).containsExactly("[4242]", "[]");
  }

  @Test
  void collectorThatEndsShowsWhatIsItsUntilOthersDo() {
    intake.consumer.topics(2);
    intake.script(
        () -> intake.consumer.assign(0),
        () -> intake.addSample(0, sample(PROCESS, 1, T0)),
        () -> {
          intake.noteFleet();
          intake.consumer.othersShow(intake.clock.instant(), 0);
        });

    intake.run();

    assertThat(intake.seen).containsExactly("[4242]");
    assertThat(intake.fleet.snapshot().processes()).isEmpty();
    assertThat(intake.consumer.closed()).isTrue();
  }

  @Test
  void whatOthersShowIsSaidUntilAllIsOurs() {
    intake.consumer.topics(2);
    intake.script(
        () -> intake.consumer.assign(1),
        () -> {
          intake.noteShownElsewhere();
          intake.consumer.assign(0, 1);
        },
        intake::noteShownElsewhere);

    intake.run();

    assertThat(intake.seen)
        .containsExactly(
            "this collector shows 5 of 10 partitions, others show the rest", "nothing elsewhere");
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
}
