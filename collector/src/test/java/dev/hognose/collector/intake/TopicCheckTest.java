package dev.hognose.collector.intake;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.sample;
import static dev.hognose.collector.intake.ScriptedConsumer.failing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.wire.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** Brokers and topics that are not there. */
class TopicCheckTest {

  private static final String SAMPLES = Topics.SAMPLES.name();
  private static final String EVENTS = Topics.EVENTS.name();
  private static final String ALERTS = Topics.ALERTS.name();

  private final ScriptedIntake intake = new ScriptedIntake();

  @Test
  void waitsForABrokerAndThenForTheTopics() {
    intake.consumer.beforeListing.add(failing(new TimeoutException("Timeout expired")));
    intake.consumer.beforeListing.add(
        () -> {
          intake.noteWaiting();
          intake.consumer.topic(SAMPLES, 1);
        });
    intake.consumer.beforeListing.add(
        () -> {
          intake.noteWaiting();
          intake.consumer.topics(1);
        });
    intake.script(() -> intake.consumer.assign(0), intake::noteWaiting);

    intake.run();

    assertThat(intake.seen)
        .containsExactly(
            "no broker answers at broker:9092",
            "topics [hognose.events, hognose.trends, hognose.services, hognose.alerts] do not exist"
                + " yet at broker:9092",
            "whole");
  }

  @Test
  void brokerThatGoesAwayLaterIsToldOnceItIsQuiet() {
    intake.consumer.topics(1);
    intake.consumer.beforeListing.add(() -> {});
    intake.consumer.beforeListing.add(failing(new TimeoutException("Timeout expired")));
    intake.script(
        () -> intake.consumer.assign(0),
        () -> {
          intake.noteWaiting();
          intake.clock.pass(Duration.ofSeconds(5));
        },
        () -> {
          intake.noteWaiting();
          intake.addSample(0, sample(PROCESS, 1, T0));
        },
        intake::noteWaiting);

    intake.run();

    assertThat(intake.seen).containsExactly("whole", "no broker answers at broker:9092", "whole");
  }

  @Test
  void topicThatGoesWhileOthersAreBusyIsToldUntilItIsBack() {
    intake.consumer.topics(1);
    intake.script(
        () -> intake.consumer.assign(0),
        () -> {
          intake.noteWaiting();
          intake.consumer.updatePartitions(ALERTS, List.of());
          intake.sampleAfterSeconds(5, 0);
        },
        () -> {
          intake.noteWaiting();
          intake.sampleAfterSeconds(1, 1);
        },
        () -> {
          intake.noteWaiting();
          intake.consumer.topic(ALERTS, 1);
          intake.sampleAfterSeconds(4, 2);
        },
        intake::noteWaiting);

    intake.run();

    assertThat(intake.seen)
        .containsExactly(
            "whole",
            "topics [hognose.alerts] do not exist yet at broker:9092",
            "topics [hognose.alerts] do not exist yet at broker:9092",
            "whole");
  }

  @Test
  void topicsThatAreSplitDifferentlyAreNotRead() {
    intake.consumer.topics(2);
    intake.consumer.topic(EVENTS, 3);
    intake.consumer.beforeListing.add(() -> {});
    intake.consumer.beforeListing.add(
        () -> {
          intake.noteWaiting();
          intake.close();
        });

    intake.run();

    assertThat(intake.seen)
        .containsExactly(
            "partitions {hognose.events=3, hognose.samples=2, hognose.trends=2}:"
                + " expected the same number in each at broker:9092");
  }

  @Test
  void failedReadIsToldAndBegunAgain() {
    intake.consumer.topics(1);
    intake.script(
        () -> intake.consumer.assign(0),
        () -> intake.addSample(0, sample(PROCESS, 1, T0)),
        () -> intake.consumer.setPollException(new AuthorizationException("not allowed to read")),
        () -> {
          intake.noteWaiting();
          intake.noteFleet();
          intake.consumer.assign(0);
        },
        intake::noteWaiting);

    intake.run();

    assertThat(intake.seen)
        .containsExactly(
            "reading from broker:9092 failed: Kafka does not allow it: not allowed to read:"
                + " expected the rights of hognose acls",
            "[]",
            "whole");
  }
}
