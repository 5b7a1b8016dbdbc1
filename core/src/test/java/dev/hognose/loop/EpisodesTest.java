package dev.hognose.loop;

import static dev.hognose.loop.Blocks.T0;
import static dev.hognose.loop.Blocks.block;
import static dev.hognose.loop.Blocks.event;
import static dev.hognose.loop.Blocks.lasting;
import static dev.hognose.loop.Blocks.process;
import static dev.hognose.loop.Blocks.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Event;
import dev.hognose.sample.LoopBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When an alert of blocks begins, goes on, ends and comes back. */
class EpisodesTest {

  private final Service service = new Service(LoopBlockPolicy.DEFAULT);

  @Test
  void itResolvesAfterTheQuietTimeWhoeverNotices() {
    service.take(event(process(1), 1, block(1, T0, seconds(1.5))));
    service.quiet();
    Alert byTimer = service.last();

    Service other = new Service(LoopBlockPolicy.DEFAULT);
    other.take(event(process(1), 1, block(1, T0, seconds(1.5))));
    other.take(event(process(1), 2, block(2, T0.plusSeconds(3600), seconds(0.2))));

    assertThat(byTimer.resolvedAt()).contains(T0.plusMillis(1_500).plus(Duration.ofMinutes(10)));
    assertThat(other.history()).last().isEqualTo(byTimer);
  }

  @Test
  void aBlockAfterTheQuietTimeBeginsAnotherAlert() {
    service.take(event(process(1), 1, block(1, T0, seconds(1.5))));
    Instant later = T0.plusMillis(1_500).plus(Duration.ofMinutes(10));
    service.take(event(process(1), 2, block(2, later, seconds(1.5))));

    assertThat(service.told()).hasSize(2);
    assertThat(service.told().values())
        .extracting(Alert::state)
        .containsExactly(Alert.State.RESOLVED, Alert.State.FIRING);
  }

  @Test
  void aBlockWithinTheQuietTimeBringsAResolvedAlertBack() {
    service.take(event(process(1), 1, block(1, T0, seconds(1.5))));
    service.quiet();
    Instant resolvedAt = service.last().updatedAt();
    service.take(event(process(1), 2, block(2, T0.plusSeconds(300), seconds(0.2))));

    assertThat(service.told()).hasSize(1);
    assertThat(service.last().state()).isEqualTo(Alert.State.FIRING);
    assertThat(service.last().updatedAt()).isAfterOrEqualTo(resolvedAt);

    service.quiet();
    assertThat(service.last().resolvedAt())
        .contains(T0.plusMillis(300_200).plus(Duration.ofMinutes(10)));
  }

  @Test
  void aBlockBetweenTwoEpisodesMakesThemOne() {
    service.take(event(process(1), 1, block(1, T0, seconds(1.5))));
    service.take(event(process(1), 2, block(2, T0.plusSeconds(900), seconds(1.5))));
    assertThat(service.told()).hasSize(2);

    service.take(event(process(2), 1, block(1, T0.plusSeconds(450), seconds(0.2))));

    assertThat(service.told()).hasSize(1);
    assertThat(service.last().firedAt()).isEqualTo(T0.plusSeconds(1));
    assertThat(service.evidence("blocks")).isEqualTo(3);
  }

  @Test
  void doubledEventsChangeNothing() {
    List<Event> events =
        List.of(
            event(process(1), 1, lasting(block(1, T0, seconds(3)), seconds(1))),
            event(process(1), 2, block(1, T0, seconds(3))),
            event(process(1), 3, block(2, T0.plusSeconds(10), seconds(0.2))));
    events.forEach(service::take);
    List<Alert> before = List.copyOf(service.history());

    assertThat(events)
        .allSatisfy(
            event -> assertThat(service.take(event)).isEqualTo(LoopBlockStep.Outcome.STALE));
    assertThat(service.history()).isEqualTo(before);
  }

  @Test
  void aBlockThatWasNotWhenTheEventSaysIsNotCounted() {
    LoopBlock ahead = block(1, T0.plusSeconds(3600), seconds(5));
    Event event = new Event(process(1), 1, T0, "", ahead);

    assertThat(service.take(event)).isEqualTo(LoopBlockStep.Outcome.IMPLAUSIBLE);
    assertThat(service.take(new Event(process(1), 2, T0.plusSeconds(9000), "", ahead)))
        .isEqualTo(LoopBlockStep.Outcome.IMPLAUSIBLE);
    service.quiet();
    assertThat(service.history()).isEmpty();
  }

  @Test
  void aProcessThatDiesInABlockLeavesAnAlertThatResolves() {
    service.take(event(process(1), 1, lasting(block(1, T0, seconds(60)), seconds(10))));
    service.quiet();

    assertThat(service.last().state()).isEqualTo(Alert.State.RESOLVED);
    assertThat(service.last().title()).contains("blocked for 10 s or longer");
  }
}
