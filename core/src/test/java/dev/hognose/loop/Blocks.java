package dev.hognose.loop;

import dev.hognose.fixture.LoopBlockBuilder;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import dev.hognose.sample.ProcessId;
import java.time.Duration;
import java.time.Instant;

/** Loop blocks as an agent would tell them. */
final class Blocks {

  static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  static final Frame CULPRIT = LoopBlockBuilder.CULPRIT;

  private Blocks() {}

  static ProcessId process(int number) {
    return new ProcessId("orders", "web-1", 100 + number, T0.minusSeconds(60));
  }

  static LoopBlock block(long id, Instant startedAt, Duration duration) {
    return LoopBlockBuilder.of(id, startedAt, duration).build();
  }

  /** The same block while it lasts. */
  static LoopBlock lasting(LoopBlock whole, Duration sofar) {
    return LoopBlockBuilder.like(whole).lasting(sofar).build();
  }

  static LoopBlock blamed(LoopBlock block, Frame culprit, LoopBlock.Cause cause) {
    return LoopBlockBuilder.like(block).culprit(culprit).cause(cause).build();
  }

  /** Told when it had lasted that long. */
  static Event event(ProcessId process, long sequence, LoopBlock block) {
    return new Event(process, sequence, block.until(), "1.4.2", block);
  }

  /** The policy under which so many culprits of a service are told apart. */
  static LoopBlockPolicy apart(int culprits) {
    LoopBlockPolicy usual = LoopBlockPolicy.DEFAULT;
    return new LoopBlockPolicy(
        usual.hard(), usual.share(), usual.shareBlocks(), usual.quiet(), culprits);
  }

  static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
