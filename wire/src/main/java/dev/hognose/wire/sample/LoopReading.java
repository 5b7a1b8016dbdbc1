package dev.hognose.wire.sample;

import com.google.protobuf.WireFormat;
import dev.hognose.sample.TaskGroup;
import dev.hognose.v2.EventLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One event loop within a sample. */
final class LoopReading implements SampleFields.Message {

  /** What most loops and threads are called, which is left out. */
  static final String MAIN_THREAD = "MainThread";

  static final String ASYNCIO = "asyncio";

  private final SampleNumbers numbers = new SampleNumbers(EventLoop.TASKS_FIELD_NUMBER);
  private final PackedHistogram lag = new PackedHistogram();
  private final List<NamedNumbers> groups = new ArrayList<>(4);
  private String name = MAIN_THREAD;
  private String kind = ASYNCIO;

  @Override
  public boolean take(int tag, SampleFields from) throws IOException {
    int field = WireFormat.getTagFieldNumber(tag);
    if (field == EventLoop.LAG_US_FIELD_NUMBER) {
      return lag.take(tag, from);
    }
    if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      return numbers.take(tag, from);
    }
    switch (field) {
      case EventLoop.NAME_FIELD_NUMBER -> name = from.name();
      case EventLoop.KIND_FIELD_NUMBER -> kind = from.name();
      case EventLoop.TASKS_BY_COROUTINE_FIELD_NUMBER -> from.nested(groups, new NamedNumbers());
      default -> {
        return false;
      }
    }
    return true;
  }

  dev.hognose.sample.EventLoop read() {
    return new dev.hognose.sample.EventLoop(
        name,
        kind,
        lag.read(),
        numbers.micros(EventLoop.BLOCKED_US_TOTAL_FIELD_NUMBER, "blocked_us_total"),
        numbers.smallOf(EventLoop.TASKS_FIELD_NUMBER),
        SampleReading.each(groups, LoopReading::readGroup));
  }

  private static TaskGroup readGroup(NamedNumbers group) {
    return new TaskGroup(
        group.text(),
        group.numbers().smallOf(dev.hognose.v2.TaskGroup.COUNT_FIELD_NUMBER),
        group.numbers().micros(dev.hognose.v2.TaskGroup.OLDEST_US_FIELD_NUMBER, "oldest_us"));
  }
}
