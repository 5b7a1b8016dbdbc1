package dev.hognose.wire.sample;

import dev.hognose.sample.EventLoop;
import dev.hognose.wire.part.Seconds;

/** One event loop within a sample; the other way is {@link LoopReading}. */
final class LoopWriting {

  private LoopWriting() {}

  static void write(EventLoop loop, dev.hognose.v2.EventLoop.Builder m) {
    if (!loop.name().equals(LoopReading.MAIN_THREAD)) {
      m.setName(loop.name());
    }
    if (!loop.kind().equals(LoopReading.ASYNCIO)) {
      m.setKind(loop.kind());
    }
    m.addAllLagUs(PackedHistogram.write(loop.lag()))
        .setBlockedUsTotal(Seconds.micros(loop.blocked()))
        .setTasks(loop.tasks());
    loop.tasksByCoroutine()
        .forEach(
            group ->
                m.addTasksByCoroutineBuilder()
                    .setCoroutine(group.coroutine())
                    .setCount(group.count())
                    .setOldestUs(Seconds.micros(group.oldest())));
  }
}
