package dev.hognose.loop;

import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Loop blocks as an agent would tell them. */
final class Blocks {

  static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  static final Frame CULPRIT = new Frame("/srv/shop/views.py", 41, "checkout");

  private Blocks() {}

  static ProcessId process(int number) {
    return new ProcessId("orders", "web-1", 100 + number, T0.minusSeconds(60));
  }

  static LoopBlock block(long id, Instant startedAt, Duration duration) {
    return new LoopBlock(
        id,
        startedAt,
        duration,
        true,
        "MainThread",
        "Task-" + id,
        "checkout",
        LoopBlock.Cause.SYNC_SLEEP,
        Optional.of(CULPRIT),
        List.of(new Stack(List.of(new Frame("/srv/main.py", 3, "main"), CULPRIT), 5, "MainThread")),
        false,
        new LoopBlock.TimeSplit(
            Duration.ofMillis(2), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO),
        false);
  }

  /** The same block while it lasts. */
  static LoopBlock lasting(LoopBlock whole, Duration sofar) {
    return new LoopBlock(
        whole.id(),
        whole.startedAt(),
        sofar,
        false,
        whole.loop(),
        whole.task(),
        whole.coroutine(),
        whole.cause(),
        whole.culprit(),
        whole.stacks(),
        whole.stackLate(),
        whole.split(),
        whole.cut());
  }

  static LoopBlock blamed(LoopBlock block, Frame culprit, LoopBlock.Cause cause) {
    return new LoopBlock(
        block.id(),
        block.startedAt(),
        block.duration(),
        block.ended(),
        block.loop(),
        block.task(),
        block.coroutine(),
        cause,
        Optional.of(culprit),
        block.stacks(),
        block.stackLate(),
        block.split(),
        block.cut());
  }

  /** Told when it had lasted that long. */
  static Event event(ProcessId process, long sequence, LoopBlock block) {
    return new Event(process, sequence, block.until(), "1.4.2", block);
  }

  static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
