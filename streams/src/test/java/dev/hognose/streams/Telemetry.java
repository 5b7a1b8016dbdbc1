package dev.hognose.streams;

import dev.hognose.fixture.ContainerBuilder;
import dev.hognose.fixture.LoopBlockBuilder;
import dev.hognose.fixture.MemoryBuilder;
import dev.hognose.fixture.SampleBuilder;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.Event;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.Frame;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.LoopBlock;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Samples and events as an agent would send them. */
final class Telemetry {

  static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  static final Duration INTERVAL = Duration.ofMillis(250);
  static final Frame CULPRIT = LoopBlockBuilder.CULPRIT;

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
    return SampleBuilder.like(sample(process, sequence, at))
        .loops(List.of(new EventLoop("MainThread", "asyncio", lag, Duration.ZERO, 1, List.of())))
        .gilWait(gilWait)
        .build();
  }

  /** With half of the memory in Python's blocks, and a limit of 400 MiB. */
  static Sample sample(ProcessId process, long sequence, Instant at, Bytes rss) {
    return SampleBuilder.of(process, sequence, at)
        .interval(INTERVAL)
        .version("1.4.2")
        .cpu(new Cpu(Duration.ofSeconds(3), Duration.ofSeconds(1)))
        .memory(MemoryBuilder.halfPython(rss))
        .container(ContainerBuilder.limited(Bytes.ofMebi(400)).build())
        .build();
  }

  static LoopBlock block(long id, Instant startedAt, Duration duration) {
    return LoopBlockBuilder.of(id, startedAt, duration).build();
  }

  static LoopBlock blamed(LoopBlock block, Frame culprit) {
    return LoopBlockBuilder.like(block).culprit(culprit).build();
  }

  /** The same block, so far. */
  static LoopBlock lasting(LoopBlock block) {
    return LoopBlockBuilder.like(block).lasting(block.duration()).build();
  }

  static Event event(ProcessId process, long sequence, Instant at, Event.What what) {
    return new Event(process, sequence, at, "1.4.2", what);
  }

  static Event event(ProcessId process, long sequence, LoopBlock block) {
    return event(process, sequence, block.until(), block);
  }
}
