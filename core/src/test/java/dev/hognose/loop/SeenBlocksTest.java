package dev.hognose.loop;

import static dev.hognose.loop.Blocks.T0;
import static dev.hognose.loop.Blocks.block;
import static dev.hognose.loop.Blocks.event;
import static dev.hognose.loop.Blocks.process;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.loop.LoopBlockStep.Outcome;
import dev.hognose.sample.Event;
import dev.hognose.sample.LoopBlock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which events of blocks say anything, and which say the same again. */
class SeenBlocksTest {

  private static Recent recent(long fromMs, long forMs, boolean ended, String loop) {
    return new Recent(
        T0.plusMillis(fromMs), Duration.ofMillis(forMs), ended, loop, MergedStacks.NONE);
  }

  /** Of a process that began a minute before; the block is told when it has lasted so long. */
  @ParameterizedTest
  @CsvSource({
    "-120000, 1000, 1000, true",
    "-120001, 1000, 1000, false",
    "0, 61000, 1000, true",
    "0, 61001, 1000, false",
    "0, 1000, 601000, true",
    "0, 1000, 601001, false",
  })
  void aBlockWasWhenItsEventSays(long fromMs, long forMs, long saidMs, boolean plausible) {
    LoopBlock block = block(1, T0.plusMillis(fromMs), Duration.ofMillis(forMs));
    Event event =
        new Event(process(1), 1, T0.plusMillis(fromMs < 0 ? -119_000 : saidMs), "", block);

    assertThat(Seen.isPlausible(event, block)).isEqualTo(plausible);
  }

  @ParameterizedTest
  @CsvSource({
    "loop, 0, 100, 49, true",
    "loop, 0, 100, 50, false",
    "loop, 0, 100, 100, false",
    "loop, 49, 100, 0, true",
    "loop, 50, 100, 0, false",
    "loop, 150, 100, 99, false",
    "other, 0, 100, 0, false",
  })
  void twoBlocksOfALoopOverlapByMoreThanIsImprecise(
      String loop, long oneMs, long forMs, long otherMs, boolean overlap) {
    Recent one = recent(oneMs, forMs, true, loop);
    Recent other = recent(otherMs, 100, true, "loop");

    assertThat(one.overlaps(other)).isEqualTo(overlap);
    assertThat(other.overlaps(one)).isEqualTo(overlap);
  }

  @ParameterizedTest
  @CsvSource({
    "100, true, 200, false, true",
    "100, true, 200, true, true",
    "200, false, 200, false, true",
    "200, false, 201, false, false",
    "200, false, 100, true, false",
  })
  void anEventSaysNothingNewOfABlockThatIsKnownAsFar(
      long knownMs, boolean knownEnded, long saidMs, boolean saidEnded, boolean covered) {
    Recent known = recent(0, knownMs, knownEnded, "loop");

    assertThat(known.covers(recent(0, saidMs, saidEnded, "loop"))).isEqualTo(covered);
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void anOutcomeIsCountedUnlessItSaysNothing(Outcome outcome) {
    boolean counted =
        Set.of(Outcome.COUNTED, Outcome.END_ONLY, Outcome.OVERLAPPING, Outcome.REST)
            .contains(outcome);

    assertThat(outcome.isCounted()).isEqualTo(counted);
  }
}
