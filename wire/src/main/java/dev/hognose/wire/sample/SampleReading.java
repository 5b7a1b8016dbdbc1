package dev.hognose.wire.sample;

import static dev.hognose.v2.NamedCounter.SITE_FIELD_NUMBER;
import static dev.hognose.v2.NamedCounter.TOTAL_FIELD_NUMBER;
import static dev.hognose.v2.NativePool.THREADS_FIELD_NUMBER;
import static dev.hognose.v2.ThreadCpu.CPU_US_TOTAL_FIELD_NUMBER;
import static dev.hognose.v2.ThreadCpu.RUNQUEUE_US_TOTAL_FIELD_NUMBER;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.NamedCounter;
import dev.hognose.sample.NativePool;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.ThreadCpu;
import dev.hognose.v2.Sample;
import dev.hognose.wire.part.Seconds;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads a sample of the second form; the other way is {@link SampleWriting}. */
final class SampleReading implements SampleFields.Message {

  private final SampleNumbers numbers = new SampleNumbers(Sample.CPU_SYSTEM_US_TOTAL_FIELD_NUMBER);
  private final SampleNumbers memory = MemoryReading.numbers();
  private final SampleNumbers container = ContainerReading.numbers();
  private final PackedHistogram gilWait = new PackedHistogram();
  private final KernelReading kernel = new KernelReading();
  private final GarbageCollectorReading gc = new GarbageCollectorReading();
  private final AgentReading agent = new AgentReading();
  private final List<LoopReading> loops = new ArrayList<>(2);
  private final List<NamedNumbers> threads = new ArrayList<>(4);
  private final List<NamedNumbers> pools = new ArrayList<>(0);
  private final List<NamedNumbers> counters = new ArrayList<>(0);
  private String version = "";

  private SampleReading() {}

  static SampleReading of(byte[] value, RecentNames names) throws InvalidProtocolBufferException {
    SampleReading sample = new SampleReading();
    try {
      new SampleFields(value, names).read(sample);
      return sample;
    } catch (InvalidProtocolBufferException notProtobuf) {
      throw notProtobuf;
    } catch (IOException impossible) {
      throw new AssertionError("bytes in memory can be read", impossible);
    }
  }

  @Override
  public boolean take(int tag, SampleFields from) throws IOException {
    if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      return WireFormat.getTagFieldNumber(tag) == Sample.GIL_WAIT_US_FIELD_NUMBER
          ? gilWait.take(tag, from)
          : numbers.take(tag, from);
    }
    switch (WireFormat.getTagFieldNumber(tag)) {
      case Sample.VERSION_FIELD_NUMBER -> version = from.name();
      case Sample.GIL_WAIT_US_FIELD_NUMBER -> gilWait.take(tag, from);
      case Sample.MEMORY_FIELD_NUMBER -> from.nested(memory);
      case Sample.CONTAINER_FIELD_NUMBER -> from.nested(container);
      case Sample.KERNEL_FIELD_NUMBER -> from.nested(kernel);
      case Sample.GC_FIELD_NUMBER -> from.nested(gc);
      case Sample.LOOPS_FIELD_NUMBER -> from.nested(loops, new LoopReading());
      case Sample.THREAD_CPU_FIELD_NUMBER ->
          from.nested(threads, new NamedNumbers(LoopReading.MAIN_THREAD));
      case Sample.AGENT_FIELD_NUMBER -> from.nested(agent);
      case Sample.NATIVE_POOLS_FIELD_NUMBER -> from.nested(pools, new NamedNumbers());
      case Sample.COUNTERS_FIELD_NUMBER ->
          from.nested(counters, new NamedNumbers(SITE_FIELD_NUMBER));
      default -> {
        return false;
      }
    }
    return true;
  }

  /**
   * What it says of that process.
   *
   * @throws IllegalArgumentException for figures that cannot be
   */
  dev.hognose.sample.Sample sample(ProcessId process) {
    return new dev.hognose.sample.Sample(
        process,
        numbers.of(Sample.SEQUENCE_FIELD_NUMBER),
        Instant.ofEpochMilli(numbers.of(Sample.AT_MS_FIELD_NUMBER)),
        Seconds.ofMillis(numbers.smallOf(Sample.INTERVAL_MS_FIELD_NUMBER)),
        version,
        new Cpu(
            numbers.micros(Sample.CPU_USER_US_TOTAL_FIELD_NUMBER, "cpu_user_us_total"),
            numbers.micros(Sample.CPU_SYSTEM_US_TOTAL_FIELD_NUMBER, "cpu_system_us_total")),
        MemoryReading.read(memory),
        ContainerReading.read(container),
        kernel.read(),
        gc.read(),
        each(loops, LoopReading::read),
        gilWait.read(),
        each(threads, SampleReading::readThread),
        each(
            pools,
            pool -> new NativePool(pool.text(), pool.numbers().smallOf(THREADS_FIELD_NUMBER))),
        each(
            counters,
            counter ->
                new NamedCounter(
                    counter.text(), counter.more(), counter.numbers().of(TOTAL_FIELD_NUMBER))),
        agent.read());
  }

  /** Not a stream: most of these lists have one element, or none. */
  static <F, T> List<T> each(List<F> read, Function<F, T> meaning) {
    if (read.isEmpty()) {
      return List.of();
    }
    if (read.size() == 1) {
      return List.of(meaning.apply(read.get(0)));
    }
    List<T> each = new ArrayList<>(read.size());
    for (F one : read) {
      each.add(meaning.apply(one));
    }
    return each;
  }

  private static ThreadCpu readThread(NamedNumbers thread) {
    return new ThreadCpu(
        thread.text(),
        thread.numbers().micros(CPU_US_TOTAL_FIELD_NUMBER, "thread cpu_us_total"),
        thread.numbers().micros(RUNQUEUE_US_TOTAL_FIELD_NUMBER, "thread runqueue_us_total"));
  }
}
