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
import dev.hognose.fixture.LoopBlockBuilder;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a block is told, and when it is told again, on both sides of each number. */
class BlockNewsTest {

  private final Service service = new Service(LoopBlockPolicy.DEFAULT);

  /** The share of a minute is 0.6 s; one block alone is judged by its length. */
  @ParameterizedTest
  @CsvSource({"'300,300', 0", "'300,301', 1", "'999', 0", "'1000', 1", "'100,501', 1"})
  void aCulpritIsToldFromASecondOrAShareOfAMinuteOn(String lengthsMs, int alerts) {
    int number = 0;
    for (String each : lengthsMs.split(",", -1)) {
      LoopBlock block =
          block(number, T0.plusSeconds(number), Duration.ofMillis(Long.parseLong(each)));
      service.take(event(process(1), ++number, block));
    }

    assertThat(service.told()).hasSize(alerts);
  }

  /** Two blocks of 0.4 s are more than the share of a minute, if one loop lost them in one. */
  @ParameterizedTest
  @CsvSource({"loop, 30, 1", "other, 30, 0", "loop, 60, 0"})
  void aMinuteIsThatOfOneLoop(String loop, int laterSeconds, int alerts) {
    LoopBlock one = block(1, T0, seconds(0.4));
    LoopBlock two = block(2, T0.plusSeconds(laterSeconds), seconds(0.4));
    service.take(event(process(1), 1, LoopBlockBuilder.like(one).in("loop", "", "").build()));
    service.take(event(process(1), 2, LoopBlockBuilder.like(two).in(loop, "", "").build()));

    assertThat(service.told()).hasSize(alerts);
  }

  /** Twelve blocks of the first episode are only a sum when one between joins it with a second. */
  @Test
  void whatIsOnlyInSumsIsJoinedToo() {
    for (int number = 0; number < 145; number++) {
      long gap = number < 140 ? 0 : 900;
      LoopBlock block = block(number, T0.plusSeconds(number + gap), seconds(0.5));
      service.take(event(process(1), number + 1, block));
    }
    service.take(event(process(2), 1, block(1, T0.plusSeconds(500), seconds(0.5))));

    assertThat(service.told()).hasSize(1);
    assertThat(service.evidence("blocks")).isEqualTo(146);
    assertThat(service.evidence("lost")).isEqualTo(73);
  }

  /** One is told apart of sixteen that are known; the seventeenth has no name any more. */
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "16, 17", "17, 18", "18, 18"})
  void asManyAreKnownAsThereIsRoomFor(int culprits, int kept) {
    Service small = new Service(Blocks.apart(1));
    for (int number = 0; number < culprits; number++) {
      LoopBlock block = block(number, T0.plusSeconds(10L * number), seconds(1 + number / 10.0));
      Frame culprit = new Frame("/srv/shop/views.py", 10, "view_" + number);
      small.take(event(process(1), number + 1, blamed(block, culprit, LoopBlock.Cause.CPU)));
    }

    assertThat(small.kept()).isEqualTo(kept);
  }

  /** Five blocks of 1.5 s of two processes were told, with the fourth at last: what comes next. */
  @ParameterizedTest
  @CsvSource({"1, 0.2, 3", "1, 2.999, 3", "1, 3, 4", "3, 0.2, 4"})
  void anotherProcessOrTwiceAsLongABlockIsNews(int process, double seconds, int said) {
    for (int number = 0; number < 5; number++) {
      LoopBlock block = block(number, T0.plusSeconds(2L * number), seconds(1.5));
      service.take(event(process(1 + number % 2), number + 1, block));
    }
    service.take(event(process(process), 9, block(9, T0.plusSeconds(30), seconds(seconds))));

    assertThat(service.history()).hasSize(said);
  }

  /** Of four blocks that are told: the next three are no news, the eighth is. */
  @Test
  void lessThanTwiceAsMuchIsNone() {
    List<Integer> said = new ArrayList<>();
    for (int number = 0; number < 8; number++) {
      LoopBlock block = block(number, T0.plusSeconds(2L * number), seconds(1.5));
      service.take(event(process(1), number + 1, block));
      said.add(service.history().size());
    }

    assertThat(said).containsExactly(1, 2, 2, 3, 3, 3, 3, 4);
  }

  /** Of four blocks of at most 6 s the last is told: less than twice as much comes next. */
  @ParameterizedTest
  @CsvSource({"9.999, 3, WARNING", "10, 4, CRITICAL", "11.9, 4, CRITICAL"})
  void aBlockThatIsCriticalIsToldAsThat(double seconds, int said, Alert.Severity severity) {
    for (int number = 0; number < 4; number++) {
      LoopBlock block = block(number, T0.plusSeconds(10L * number), seconds(6));
      service.take(event(process(1), number + 1, block));
    }
    service.take(event(process(1), 9, block(9, T0.plusSeconds(60), seconds(seconds))));
    service.take(event(process(1), 10, block(10, T0.plusSeconds(80), seconds(seconds))));

    assertThat(service.history()).hasSize(said);
    assertThat(service.last().severity()).isEqualTo(severity);
  }

  @Test
  void thatTheLongestHasEndedIsNews() {
    LoopBlock whole = block(1, T0, seconds(1.5));
    service.take(event(process(1), 1, lasting(whole, seconds(1))));
    service.take(event(process(1), 2, lasting(whole, seconds(1.2))));
    assertThat(service.history()).hasSize(1);

    service.take(event(process(1), 3, whole));

    assertThat(service.history()).hasSize(2);
    assertThat(service.last().title()).contains("blocked 1.5 s");
  }

  @Test
  void thatItLastsTwiceAsLongIsNews() {
    LoopBlock whole = block(1, T0, seconds(9));
    service.take(event(process(1), 1, lasting(whole, seconds(1))));
    service.take(event(process(1), 2, lasting(whole, seconds(1.999))));
    assertThat(service.history()).hasSize(1);

    service.take(event(process(1), 3, lasting(whole, seconds(2))));

    assertThat(service.history()).hasSize(2);
  }

  @Test
  void theWatchSaysWhatIsLeftOpen() {
    LoopBlockWatch watch = new LoopBlockWatch(LoopBlockPolicy.DEFAULT);
    LoopBlock whole = block(1, T0, seconds(30));
    Event event = event(process(1), 1, lasting(whole, seconds(2)));
    Episodes none = Episodes.none(Fingerprint.of("orders", whole));

    LoopBlockStep told = watch.tell(watch.next(none, event, (LoopBlock) event.what()));

    assertThat(watch.unended(none)).isZero();
    assertThat(watch.unended(told.episodes())).isEqualTo(1);
    assertThat(watch.isFiring(none)).isFalse();
    assertThat(watch.isFiring(told.episodes())).isTrue();
    assertThat(watch.quietAt(told.episodes())).isEqualTo(T0.plusSeconds(602));
    assertThat(watch.isFiring(watch.quiet(told.episodes()).episodes())).isFalse();
    assertThat(told.episodes().oldest()).isEqualTo(T0);
  }
}
