package dev.hognose.streams;

import dev.hognose.sample.AgentFigures;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Container;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.Event;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.Frame;
import dev.hognose.sample.GarbageCollector;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.Kernel;
import dev.hognose.sample.LoopBlock;
import dev.hognose.sample.Memory;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.sample.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Samples and events as an agent would send them. */
final class Telemetry {

  static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  static final Duration INTERVAL = Duration.ofMillis(250);
  static final Frame CULPRIT = new Frame("/srv/shop/views.py", 41, "checkout");

  private Telemetry() {}

  static ProcessId process(String service, int number) {
    return new ProcessId(service, "web-1", 100 + number, T0.minusSeconds(60));
  }

  static Sample sample(ProcessId process, long sequence, Instant at) {
    return sample(process, sequence, at, Bytes.ofMebi(100));
  }

  /** With an event loop that is so late, and a GIL that is waited for so long. */
  static Sample sample(
      ProcessId process, long sequence, Instant at, Histogram lag, Histogram gilWait) {
    Sample plain = sample(process, sequence, at);
    return new Sample(
        process,
        sequence,
        at,
        plain.interval(),
        plain.version(),
        plain.cpu(),
        plain.memory(),
        plain.container(),
        plain.kernel(),
        plain.gc(),
        List.of(new EventLoop("MainThread", "asyncio", lag, Duration.ZERO, 1, List.of())),
        gilWait,
        plain.threadCpu(),
        plain.nativePools(),
        plain.counters(),
        plain.agent());
  }

  /** With half of the memory in Python's blocks, and a limit of 400 MiB. */
  static Sample sample(ProcessId process, long sequence, Instant at, Bytes rss) {
    Memory memory =
        new Memory(
            rss,
            Optional.of(rss),
            Optional.empty(),
            rss.count() / 2 / 64,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Container container =
        new Container(
            Optional.of(Bytes.ofMebi(400)),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            Optional.empty());
    return new Sample(
        process,
        sequence,
        at,
        INTERVAL,
        "1.4.2",
        new Cpu(Duration.ofSeconds(3), Duration.ofSeconds(1)),
        memory,
        container,
        new Kernel(
            5,
            OptionalInt.empty(),
            OptionalLong.empty(),
            1,
            2,
            3,
            4,
            Optional.empty(),
            Optional.empty()),
        new GarbageCollector(List.of(), Histogram.EMPTY, 0, 0, GarbageCollector.Mode.UNKNOWN),
        List.of(),
        Histogram.EMPTY,
        List.of(),
        List.of(),
        List.of(),
        new AgentFigures(
            Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, Map.of(), List.of(), Map.of()));
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
        List.of(new Stack(List.of(new Frame("/srv/main.py", 3, "main"), CULPRIT), 5, "")),
        false,
        new LoopBlock.TimeSplit(
            Duration.ofMillis(2), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO),
        false);
  }

  static LoopBlock blamed(LoopBlock block, Frame culprit) {
    return copied(block, block.ended(), culprit);
  }

  /** The same block, so far. */
  static LoopBlock lasting(LoopBlock block) {
    return copied(block, false, CULPRIT);
  }

  private static LoopBlock copied(LoopBlock block, boolean ended, Frame culprit) {
    return new LoopBlock(
        block.id(),
        block.startedAt(),
        block.duration(),
        ended,
        block.loop(),
        block.task(),
        block.coroutine(),
        block.cause(),
        Optional.of(culprit),
        block.stacks(),
        block.stackLate(),
        block.split(),
        block.cut());
  }

  static Event event(ProcessId process, long sequence, Instant at, Event.What what) {
    return new Event(process, sequence, at, "1.4.2", what);
  }

  static Event event(ProcessId process, long sequence, LoopBlock block) {
    return event(process, sequence, block.until(), block);
  }
}
