package dev.hognose.loop;

import static dev.hognose.loop.Blocks.T0;
import static dev.hognose.loop.Blocks.block;
import static dev.hognose.loop.Blocks.event;
import static dev.hognose.loop.Blocks.lasting;
import static dev.hognose.loop.Blocks.process;
import static dev.hognose.loop.Blocks.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.sample.Event;
import dev.hognose.sample.LoopBlock;
import org.junit.jupiter.api.Test;

/** Where the end of a block that lasts is looked for. */
class CulpritsTest {

  /** A block that lasts is told where it was told first, for as long as that is known. */
  @Test
  void theEndOfABlockIsLookedForWhereItWasTold() {
    LoopBlock block = lasting(block(1, T0, seconds(30)), seconds(2));
    LoopBlock ended = block(1, T0, seconds(30));
    Event event = event(process(1), 1, block);
    Fingerprint rest = Fingerprint.rest("orders");
    Fingerprint beyond = Fingerprint.beyond("orders");
    Culprits none = Culprits.none("orders");
    Culprits told = none.told(event, block, rest);

    assertThat(none.lasting()).isEmpty();
    assertThat(none.of(event, block)).isEqualTo(Fingerprint.of("orders", block));
    assertThat(none.told(event, ended, rest)).isSameAs(none);
    assertThat(told.lasting()).containsOnlyKeys(BlockId.of(event.process(), block.id()));
    assertThat(told.of(event, ended)).isEqualTo(rest);
    assertThat(told.moved(beyond, rest)).isSameAs(told);
    assertThat(told.moved(rest, beyond).of(event, block)).isEqualTo(beyond);
    assertThat(told.without(beyond)).isSameAs(told);
    assertThat(told.without(rest)).isEqualTo(none);
    assertThat(told.told(event, ended, rest)).isEqualTo(none);
  }

  @Test
  void ofMoreThanAThousandBlocksThatLastTheLatestAreNotKnown() {
    Culprits culprits = Culprits.none("orders");
    Fingerprint rest = Fingerprint.rest("orders");
    LoopBlock last = lasting(block(1_001, T0, seconds(30)), seconds(2));
    for (int id = 1; id <= 1_001; id++) {
      LoopBlock block = lasting(block(id, T0, seconds(30)), seconds(2));
      culprits = culprits.told(event(process(1), id, block), block, rest);
    }

    assertThat(culprits.lasting()).hasSize(1_000);
    assertThat(culprits.lasting()).doesNotContainKey(BlockId.of(process(1), last.id()));
    LoopBlock first = lasting(block(1, T0, seconds(30)), seconds(3));
    Culprits again =
        culprits.told(event(process(1), 2_000, first), first, Fingerprint.beyond("orders"));
    assertThat(again.of(event(process(1), 2_000, first), first))
        .isEqualTo(Fingerprint.beyond("orders"));
  }
}
