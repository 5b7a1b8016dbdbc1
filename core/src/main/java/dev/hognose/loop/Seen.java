package dev.hognose.loop;

import dev.hognose.alert.Wording;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A block as one event tells it, its names and stacks made fit to keep. */
record Seen(BlockId id, Recent block, MergedStacks stacks, String version, LoopBlock told) {

  /** The watchdog speaks while the block lasts or soon after, clocks may step in between. */
  private static final Duration EARLY = Duration.ofMinutes(1);

  private static final Duration LATE = Duration.ofMinutes(10);
  private static final int LONGEST_VERSION = 200;
  private static final int LONGEST_LOOP = 100;

  /** Until a block ends its stacks are kept beside those of the episode, and only to be seen. */
  private static final int LETTERS_WHILE_IT_LASTS = 4_000;

  static Seen of(Event event, LoopBlock block) {
    MergedStacks stacks = MergedStacks.of(block.stacks());
    return new Seen(
        BlockId.of(event.process(), block.id()),
        new Recent(
            block.startedAt(),
            block.duration(),
            block.ended(),
            Wording.legible(block.loop(), LONGEST_LOOP),
            block.ended() ? MergedStacks.NONE : stacks.within(LETTERS_WHILE_IT_LASTS)),
        stacks,
        Wording.legible(event.version(), LONGEST_VERSION),
        block);
  }

  /** Whether the block was when the event says that it is, and in the life of its process. */
  static boolean isPlausible(Event event, LoopBlock block) {
    return !block.startedAt().isBefore(event.process().startedAt().minus(EARLY))
        && !block.until().isAfter(event.at().plus(EARLY))
        && !block.until().isBefore(event.at().minus(LATE));
  }

  boolean ended() {
    return block.ended();
  }

  /** What is not told again, and may be added up. */
  MergedStacks endedStacks() {
    return block.ended() ? stacks : MergedStacks.NONE;
  }

  Extent extent() {
    return new Extent(block.startedAt(), block.until());
  }

  Origin origin() {
    return new Origin(block.startedAt(), id, version);
  }

  Worst worst() {
    Optional<Frame> culprit = told.culprit().map(Wording::legible);
    return new Worst(
        id,
        block.startedAt(),
        block.duration(),
        block.ended(),
        culprit,
        told.stackLate(),
        told.split());
  }

  /** When it passed {@code hard}, if it did. */
  Optional<Instant> crossedAt(Duration hard) {
    return block.duration().compareTo(hard) < 0
        ? Optional.empty()
        : Optional.of(block.startedAt().plus(hard));
  }
}
