package dev.hognose.loop;

import static dev.hognose.loop.Blocks.T0;
import static dev.hognose.loop.Blocks.block;
import static dev.hognose.loop.Blocks.event;
import static dev.hognose.loop.Blocks.process;
import static dev.hognose.loop.Blocks.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.fixture.LoopBlockBuilder;
import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import dev.hognose.sample.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever a process sends, what is kept and told of it stays small and legible. */
class BoundsTest {

  private final Service service = new Service(LoopBlockPolicy.DEFAULT);

  @Test
  void manyBlocksAreCountedWithoutBeingKept() {
    for (int i = 0; i < 2_000; i++) {
      service.take(event(process(i % 7), i + 1, block(i, T0.plusMillis(600L * i), seconds(0.2))));
    }
    service.quiet();

    Alert alert = service.history().get(service.history().size() - 1);
    assertThat(service.told()).hasSize(1);
    assertThat(alert.evidence().get(0).value()).isEqualTo(2_000);
    assertThat(alert.evidence().get(3).value()).isEqualTo(400);
  }

  @Test
  void aBlockOlderThanAllEpisodesThatAreKeptIsNotCounted() {
    for (int i = 1; i <= 20; i++) {
      service.take(event(process(1), i, block(i, T0.plusSeconds(3_600L * i), seconds(1.5))));
    }

    LoopBlockStep.Outcome late = service.take(event(process(2), 1, block(1, T0, seconds(1.5))));

    assertThat(late).isEqualTo(LoopBlockStep.Outcome.STALE);
    assertThat(service.told().values())
        .filteredOn(alert -> alert.resolvedAt().isEmpty())
        .hasSize(1);
  }

  @Test
  void endlessStacksAndHostileNamesAreCut() {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      frames.add(new Frame("/srv/" + "x".repeat(10_000), i, "f\u001b[2J" + i));
    }
    List<Stack> stacks = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      stacks.add(new Stack(frames.subList(i, 1_000), i + 1, "t"));
    }
    service.take(event(process(1), 1, hostile(frames, stacks)));

    Alert alert = service.history().get(0);
    assertThat(alert.stacks()).hasSizeLessThanOrEqualTo(24);
    assertThat(alert.stacks())
        .allSatisfy(stack -> assertThat(stack.frames()).hasSizeLessThanOrEqualTo(60));
    assertThat(letters(alert)).isBetween(20_000, 32_000);
    assertThat(alert.title().codePoints()).noneMatch(Character::isISOControl);
    assertThat(alert.title()).hasSizeLessThan(1_500);
    assertThat(alert.culprit().orElseThrow().file()).hasSizeLessThanOrEqualTo(500);
  }

  private static int letters(Alert alert) {
    return alert.stacks().stream()
        .flatMap(stack -> stack.frames().stream())
        .mapToInt(frame -> frame.file().length() + frame.function().length())
        .sum();
  }

  private static LoopBlock hostile(List<Frame> frames, List<Stack> stacks) {
    return LoopBlockBuilder.of(1, T0, seconds(2))
        .cause(LoopBlock.Cause.CPU)
        .culprit(frames.get(999))
        .stacks(stacks)
        .stackLate()
        .cut()
        .build();
  }

  @Test
  void aBlockWithoutAStackNamesNobody() {
    LoopBlock unseen =
        LoopBlockBuilder.of(1, T0, seconds(2))
            .in("", "", "")
            .cause(LoopBlock.Cause.UNKNOWN)
            .culprit(Optional.empty())
            .stacks(List.of())
            .build();
    service.take(event(process(1), 1, unseen));

    Alert alert = service.history().get(0);
    assertThat(alert.culprit()).isEmpty();
    assertThat(alert.cause()).isEmpty();
    assertThat(alert.title())
        .isEqualTo("orders: event loop blocked 2.0 s in code that no stack shows");
  }
}
