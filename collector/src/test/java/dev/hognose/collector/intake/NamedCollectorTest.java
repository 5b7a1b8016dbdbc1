package dev.hognose.collector.intake;

import static dev.hognose.collector.Examples.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.collector.ManualClock;
import dev.hognose.collector.fleet.Fleet;
import dev.hognose.wire.client.GroupMember;
import dev.hognose.wire.client.GroupMember.Parting;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.junit.jupiter.api.Test;

/** A collector that its group knows by name stops, or finds that another one has the name. */
class NamedCollectorTest {

  private final Fleet fleet = new Fleet(new ManualClock(T0), Duration.ofDays(1));
  private final ScriptedConsumer consumer = new ScriptedConsumer();
  private final List<String> removed = new ArrayList<>();

  @Test
  void namedByItsPlaceItLeavesTheGroupBeforeItWaitsForTheOthers() {
    consumer.topics(2);
    Intake intake = intake(Parting.LEAVES, () -> removed.add("removed"));
    runWithOneOfTwoPartitions(intake);

    assertThat(removed).containsExactly("removed");
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void aloneInItsGroupItLeavesWithItsConsumer() {
    consumer.topics(1);
    Intake intake = intake(Parting.LEAVES, () -> removed.add("removed"));
    runWithOneOfTwoPartitions(intake);

    assertThat(removed).isEmpty();
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void namedByTheOperatorItIsExpectedBackAndWaitsForNobody() {
    consumer.topics(2);
    Intake intake = intake(Parting.IS_EXPECTED_BACK, () -> removed.add("removed"));
    runWithOneOfTwoPartitions(intake);

    assertThat(removed).isEmpty();
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void nameThatStaysInTheGroupIsNoReasonNotToEnd() {
    consumer.topics(2);
    Intake intake =
        intake(
            Parting.LEAVES,
            () -> {
              throw new KafkaException("no answer");
            });
    runWithOneOfTwoPartitions(intake);

    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void nameThatAnotherHasEndsItWithASentence() {
    consumer.topics(1);
    Intake intake = intake(Parting.LEAVES, () -> removed.add("removed"));
    consumer.schedulePollTask(() -> consumer.assign(0));
    consumer.schedulePollTask(
        () -> consumer.setPollException(new FencedInstanceIdException("fenced")));

    assertThatThrownBy(intake::run)
        .isInstanceOf(NameTakenException.class)
        .hasMessage(
            "another instance of the group has the name web-1-9464-ab12 now: expected"
                + " HOGNOSE_KAFKA_GROUP_INSTANCE_ID with a name that this one alone has,"
                + " or empty for no name");
    assertThat(removed).isEmpty();
    assertThat(consumer.closed()).isTrue();
  }

  private Intake intake(Parting parting, Runnable removal) {
    GroupMember member = new GroupMember(Optional.of("web-1-9464-ab12"), parting);
    return new Intake(
        new Source(consumer, "broker:9092", member, removal), fleet, new SimpleMeterRegistry());
  }

  /** Others show what it had as soon as it is told to stop. */
  private void runWithOneOfTwoPartitions(Intake intake) {
    consumer.schedulePollTask(() -> consumer.assign(0));
    consumer.schedulePollTask(() -> consumer.othersShow(T0, 0));
    consumer.schedulePollTask(intake::close);
    intake.run();
  }
}
