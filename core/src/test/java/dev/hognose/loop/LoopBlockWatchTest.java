package dev.hognose.loop;

import static dev.hognose.loop.Blocks.T0;
import static dev.hognose.loop.Blocks.blamed;
import static dev.hognose.loop.Blocks.block;
import static dev.hognose.loop.Blocks.event;
import static dev.hognose.loop.Blocks.lasting;
import static dev.hognose.loop.Blocks.process;
import static dev.hognose.loop.Blocks.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopBlockWatchTest {

  private final Service service = new Service(LoopBlockPolicy.DEFAULT);

  @Test
  void aHardBlockIsToldWhileItLasts() {
    LoopBlock whole = block(1, T0, seconds(15));

    service.take(event(process(1), 1, lasting(whole, seconds(0.1))));
    assertThat(service.history()).isEmpty();

    service.take(event(process(1), 2, lasting(whole, seconds(1.003))));
    Alert alert = service.last();
    assertThat(alert.state()).isEqualTo(Alert.State.FIRING);
    assertThat(alert.kind()).isEqualTo(Alert.Kind.LOOP_BLOCK);
    assertThat(alert.firedAt()).isEqualTo(T0.plusSeconds(1));
    assertThat(alert.updatedAt()).isEqualTo(T0.plusMillis(1003));
    assertThat(alert.culprit()).contains(Blocks.CULPRIT);
    assertThat(alert.cause()).isEqualTo("sync_sleep");
    assertThat(alert.version()).isEqualTo("1.4.2");
    assertThat(alert.title())
        .isEqualTo(
            "orders: event loop blocked for 1.0 s so far by sync_sleep in"
                + " checkout (shop/views.py:41)");
  }

  @Test
  void aLastingBlockCountsOnceAndItsEndIsTold() {
    LoopBlock whole = block(1, T0, seconds(15));
    service.take(event(process(1), 1, lasting(whole, seconds(1))));
    service.take(event(process(1), 2, lasting(whole, seconds(10))));
    service.take(event(process(1), 3, whole));

    assertThat(service.told()).hasSize(1);
    assertThat(service.last().title())
        .isEqualTo("orders: event loop blocked 15 s by sync_sleep in checkout (shop/views.py:41)");
    assertThat(service.evidence("blocks")).isEqualTo(1);
    assertThat(service.evidence("worst")).isEqualTo(15);
    assertThat(service.evidence("lost")).isEqualTo(15);
    assertThat(service.last().severity()).isEqualTo(Alert.Severity.CRITICAL);
    assertThat(service.last().stacks()).singleElement().extracting("count").isEqualTo(5);
  }

  @Test
  void oneShortBlockIsNotTold() {
    service.take(event(process(1), 1, block(1, T0, seconds(0.999))));
    service.quiet();

    assertThat(service.history()).isEmpty();
  }

  @Test
  void manyShortBlocksAreToldOnceTheyCostMoreThanTheShare() {
    for (int i = 0; i < 4; i++) {
      service.take(event(process(1), i + 1, block(i, T0.plusSeconds(i), seconds(0.2))));
    }

    assertThat(service.history()).hasSize(1);
    assertThat(service.last().firedAt()).isEqualTo(T0.plusMillis(3_200));
    assertThat(service.last().title()).contains("blocked 4 times, 0.20 s at worst, by sync_sleep");
    assertThat(service.evidence("worst_minute_share")).isEqualTo(0.8 / 60);
  }

  @Test
  void shortBlocksOfDifferentMinutesOrProcessesAreNotAddedUp() {
    for (int i = 0; i < 30; i++) {
      service.take(event(process(1), i + 1, block(i, T0.plusSeconds(20L * i), seconds(0.19))));
      service.take(event(process(2), i + 1, block(i, T0.plusSeconds(20L * i), seconds(0.19))));
    }

    assertThat(service.history()).isEmpty();
  }

  @Test
  void severalProcessesMakeOneAlert() {
    for (int i = 0; i < 40; i++) {
      service.take(event(process(i), 1, block(1, T0.plusMillis(i), seconds(1.5))));
    }

    assertThat(service.told()).hasSize(1);
    assertThat(service.last().processesAffected()).isEqualTo(40);
    assertThat(service.last().title()).endsWith("in checkout (shop/views.py:41), in 40 processes");
  }

  @Test
  void differentCulpritsMakeDifferentAlerts() {
    for (int i = 0; i < 10; i++) {
      LoopBlock block = block(i, T0.plusSeconds(2L * i), seconds(1.5));
      Frame culprit = new Frame("/srv/shop/views.py", 10 + i, "view_" + i);
      service.take(event(process(1), i + 1, blamed(block, culprit, LoopBlock.Cause.CPU)));
    }

    assertThat(service.told()).hasSize(10);
  }

  @Test
  void aStarvedLoopBlamesNoLineAndIsToldOnceAService() {
    for (int i = 0; i < 10; i++) {
      LoopBlock block = block(i, T0.plusSeconds(2L * i), seconds(1.5));
      Frame innocent = new Frame("/srv/shop/views.py", 10 + i, "view_" + i);
      service.take(event(process(1), i + 1, blamed(block, innocent, LoopBlock.Cause.STARVED)));
    }

    assertThat(service.told()).hasSize(1);
    assertThat(service.last().culprit()).isEmpty();
    assertThat(service.last().cause()).isEqualTo("starved");
    assertThat(service.last().title()).endsWith("times, 1.5 s at worst, for want of a processor");
  }

  @Test
  void aBlockThatLooksStarvedAtFirstIsToldAsWhatItTurnsOutToBe() {
    LoopBlock whole = blamed(block(1, T0, seconds(4)), Blocks.CULPRIT, LoopBlock.Cause.CPU);
    LoopBlock atFirst = blamed(whole, Blocks.CULPRIT, LoopBlock.Cause.STARVED);

    LoopBlockStep.Outcome early = service.take(event(process(1), 1, lasting(atFirst, seconds(1))));
    assertThat(early).isEqualTo(LoopBlockStep.Outcome.LASTING);
    service.take(event(process(1), 2, whole));

    assertThat(service.told()).hasSize(1);
    assertThat(service.last().cause()).isEqualTo("cpu");
    assertThat(service.last().culprit()).contains(Blocks.CULPRIT);
    assertThat(service.last().firedAt()).isEqualTo(T0.plusSeconds(1));
  }

  @Test
  void aLoopThatStarvesForTenSecondsIsToldWhileItDoes() {
    LoopBlock whole = blamed(block(1, T0, seconds(60)), Blocks.CULPRIT, LoopBlock.Cause.STARVED);

    service.take(event(process(1), 1, lasting(whole, seconds(9.9))));
    assertThat(service.history()).isEmpty();
    service.take(event(process(1), 2, lasting(whole, seconds(10.01))));

    assertThat(service.last().state()).isEqualTo(Alert.State.FIRING);
    assertThat(service.last().severity()).isEqualTo(Alert.Severity.CRITICAL);
    assertThat(service.last().title())
        .isEqualTo("orders: event loop blocked for 10 s so far for want of a processor");
  }

  @Test
  void aShortStarvedBlockMissesNothingThatWasToBeToldBeforeItsEnd() {
    LoopBlock whole = blamed(block(1, T0, seconds(4)), Blocks.CULPRIT, LoopBlock.Cause.STARVED);

    assertThat(service.take(event(process(1), 1, whole))).isEqualTo(LoopBlockStep.Outcome.COUNTED);
  }

  @Test
  void anEditAboveTheCulpritMakesNoNewAlert() {
    service.take(event(process(1), 1, block(1, T0, seconds(1.5))));
    LoopBlock moved =
        blamed(
            block(1, T0.plusSeconds(5), seconds(2)),
            new Frame("/srv/shop/views.py", 57, "checkout"),
            LoopBlock.Cause.SYNC_SLEEP);
    service.take(event(process(2), 1, moved));

    assertThat(service.told()).hasSize(1);
    assertThat(service.last().culprit()).contains(new Frame("/srv/shop/views.py", 57, "checkout"));
  }

  @Test
  void releasesAndEnvironmentsOfOneCulpritMakeOneAlert() {
    List<String> installations =
        List.of(
            "/srv/releases/20261119/shop/views.py",
            "/srv/releases/20261120/shop/views.py",
            "/srv/venv/lib/python3.11/site-packages/shop/views.py",
            "/srv/venv2/lib/python3.12/site-packages/shop/views.py");
    for (int i = 0; i < installations.size(); i++) {
      Frame culprit = new Frame(installations.get(i), 40 + i, "checkout");
      LoopBlock block = block(1, T0.plusSeconds(i), seconds(1.5));
      service.take(event(process(i), 1, blamed(block, culprit, LoopBlock.Cause.CPU)));
    }

    assertThat(service.told()).hasSize(1);
    assertThat(service.last().processesAffected()).isEqualTo(4);
  }

  @Test
  void theEvidenceSaysHowLongAndHowMuch() {
    service.take(event(process(1), 1, block(1, T0, seconds(1.5))));
    service.take(event(process(2), 1, block(1, T0.plusSeconds(118), seconds(2))));

    assertThat(service.evidence("first_seen")).isEqualTo((double) T0.getEpochSecond());
    assertThat(service.evidence("last_seen")).isEqualTo(T0.getEpochSecond() + 120.0);
    assertThat(service.evidence("lost_share")).isEqualTo(3.5 / 240);
  }

  @Test
  void theEndOfABlockStaysWithTheCulpritThatWasTold() {
    LoopBlock whole = block(1, T0, seconds(3));
    service.take(event(process(1), 1, lasting(whole, seconds(1))));
    LoopBlock otherwise =
        blamed(whole, new Frame("/srv/shop/other.py", 9, "other"), LoopBlock.Cause.CPU);
    service.take(event(process(1), 2, otherwise));

    assertThat(service.told()).hasSize(1);
    assertThat(service.evidence("blocks")).isEqualTo(1);
    assertThat(service.last().title()).contains("blocked 3.0 s by sync_sleep");
  }

  @Test
  void anEndWithoutAStartIsCountedAndSaysSo() {
    assertThat(service.take(event(process(1), 1, block(1, T0, seconds(1.5)))))
        .isEqualTo(LoopBlockStep.Outcome.END_ONLY);
    LoopBlock whole = block(2, T0.plusSeconds(5), seconds(1.5));
    service.take(event(process(1), 2, lasting(whole, seconds(1))));
    assertThat(service.take(event(process(1), 3, whole))).isEqualTo(LoopBlockStep.Outcome.COUNTED);
    assertThat(service.take(event(process(1), 4, block(3, T0.plusSeconds(9), seconds(0.2)))))
        .isEqualTo(LoopBlockStep.Outcome.COUNTED);
  }

  @Test
  void timeThatTwoBlocksOfALoopClaimIsLostOnce() {
    service.take(event(process(1), 1, block(1, T0, seconds(4))));

    LoopBlockStep.Outcome outcome =
        service.take(event(process(1), 2, block(2, T0.plusSeconds(1), seconds(5))));

    assertThat(outcome).isEqualTo(LoopBlockStep.Outcome.OVERLAPPING);
    service.quiet();
    assertThat(service.evidence("blocks")).isEqualTo(2);
    assertThat(service.evidence("lost")).isEqualTo(6);
    assertThat(service.evidence("worst_minute_share")).isEqualTo(0.1);
  }

  @Test
  void aBlockFromBeforeItsProcessIsImplausible() {
    LoopBlock block = block(1, T0.minusSeconds(600), seconds(599));

    assertThat(service.take(event(process(1), 1, block)))
        .isEqualTo(LoopBlockStep.Outcome.IMPLAUSIBLE);
  }
}
