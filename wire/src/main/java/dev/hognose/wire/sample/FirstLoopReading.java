package dev.hognose.wire.sample;

import dev.hognose.sample.EventLoop;
import dev.hognose.sample.TaskGroup;
import dev.hognose.wire.part.Seconds;

/** One event loop within a sample of the first form. */
final class FirstLoopReading {

  private FirstLoopReading() {}

  static EventLoop read(dev.hognose.v1.EventLoop m) {
    return new EventLoop(
        m.getName(),
        m.getKind(),
        FirstHistogramReading.read(m.getLagSeconds()),
        Seconds.toDuration("blocked_seconds_total", m.getBlockedSecondsTotal()),
        m.getTasks(),
        m.getTasksByCoroutineList().stream().map(FirstLoopReading::readGroup).toList());
  }

  private static TaskGroup readGroup(dev.hognose.v1.TaskGroup m) {
    return new TaskGroup(
        m.getCoroutine(), m.getCount(), Seconds.toDuration("oldest_seconds", m.getOldestSeconds()));
  }
}
