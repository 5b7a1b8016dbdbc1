package dev.hognose.wire.sample;

import dev.hognose.sample.Bytes;
import dev.hognose.sample.Container;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.Memory;
import dev.hognose.sample.NamedCounter;
import dev.hognose.sample.NativePool;
import dev.hognose.sample.Pressure;
import dev.hognose.sample.Sample;
import dev.hognose.sample.ThreadCpu;
import dev.hognose.wire.Codec;
import dev.hognose.wire.Parsing;
import dev.hognose.wire.part.HistogramCodec;
import dev.hognose.wire.part.ProcessCodec;
import dev.hognose.wire.part.Seconds;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A sample as hognose.v1 has it: what agents sent before hognose.v2, and the words that people
 * read.
 */
public final class FirstSampleCodec implements Codec<Sample> {

  @Override
  public Sample decode(byte[] bytes) {
    return Parsing.parse(dev.hognose.v1.Sample.parser(), bytes, FirstSampleCodec::read);
  }

  @Override
  public byte[] encode(Sample sample) {
    return write(sample).toByteArray();
  }

  private static Sample read(dev.hognose.v1.Sample m) {
    return new Sample(
        ProcessCodec.read(m.getProcess()),
        m.getSequence(),
        Instant.ofEpochMilli(m.getAtMs()),
        Seconds.ofMillis(m.getIntervalMs()),
        m.getVersion(),
        new Cpu(
            Seconds.toDuration("cpu_user_seconds_total", m.getCpuUserSecondsTotal()),
            Seconds.toDuration("cpu_system_seconds_total", m.getCpuSystemSecondsTotal())),
        readMemory(m),
        readContainer(m),
        KernelCodec.read(m),
        GarbageCollectorCodec.read(m.getGc()),
        m.getLoopsList().stream().map(EventLoopCodec::read).toList(),
        HistogramCodec.read(m.getGilWaitSeconds()),
        m.getThreadCpuList().stream().map(FirstSampleCodec::readThread).toList(),
        m.getNativePoolsList().stream()
            .map(pool -> new NativePool(pool.getLibrary(), pool.getThreads()))
            .toList(),
        m.getCountersList().stream()
            .map(
                counter ->
                    new NamedCounter(counter.getName(), counter.getSite(), counter.getTotal()))
            .toList(),
        AgentFiguresCodec.read(m.getAgent()));
  }

  private static Memory readMemory(dev.hognose.v1.Sample m) {
    return new Memory(
        new Bytes(m.getRssBytes()),
        BytesCodec.read(m.hasUssBytes(), m.getUssBytes()),
        BytesCodec.read(m.hasPssBytes(), m.getPssBytes()),
        m.getAllocatedBlocks(),
        BytesCodec.read(m.hasTracedBytes(), m.getTracedBytes()),
        BytesCodec.read(m.hasTracerBytes(), m.getTracerBytes()),
        BytesCodec.read(m.hasMallocUsedBytes(), m.getMallocUsedBytes()),
        BytesCodec.read(m.hasMallocFreeBytes(), m.getMallocFreeBytes()),
        BytesCodec.read(m.hasSwapBytes(), m.getSwapBytes()));
  }

  private static Container readContainer(dev.hognose.v1.Sample m) {
    return new Container(
        BytesCodec.read(m.hasMemoryLimitBytes(), m.getMemoryLimitBytes()),
        BytesCodec.read(m.hasMemoryUsageBytes(), m.getMemoryUsageBytes()),
        m.hasOomKillsTotal() ? OptionalLong.of(m.getOomKillsTotal()) : OptionalLong.empty(),
        m.hasCpuLimitCores() ? OptionalDouble.of(m.getCpuLimitCores()) : OptionalDouble.empty(),
        m.hasThrottledSecondsTotal()
            ? Optional.of(
                Seconds.toDuration("throttled_seconds_total", m.getThrottledSecondsTotal()))
            : Optional.empty(),
        readPressure(m));
  }

  private static Pressure readPressure(dev.hognose.v1.Sample m) {
    return new Pressure(
        seconds(m.hasCpuPressureSecondsTotal(), m.getCpuPressureSecondsTotal()),
        seconds(m.hasMemoryPressureSecondsTotal(), m.getMemoryPressureSecondsTotal()),
        seconds(m.hasIoPressureSecondsTotal(), m.getIoPressureSecondsTotal()));
  }

  private static ThreadCpu readThread(dev.hognose.v1.ThreadCpu m) {
    return new ThreadCpu(
        m.getName(),
        Seconds.toDuration("thread cpu_seconds_total", m.getCpuSecondsTotal()),
        Seconds.toDuration("thread runqueue_seconds_total", m.getRunqueueSecondsTotal()));
  }

  private static Optional<Duration> seconds(boolean present, double total) {
    return present
        ? Optional.of(Seconds.toDuration("pressure_seconds_total", total))
        : Optional.empty();
  }

  public static dev.hognose.v1.Sample write(Sample sample) {
    dev.hognose.v1.Sample.Builder m =
        dev.hognose.v1.Sample.newBuilder()
            .setProcess(ProcessCodec.write(sample.process()))
            .setSequence(sample.sequence())
            .setAtMs(sample.at().toEpochMilli())
            .setIntervalMs(Seconds.millis(sample.interval()))
            .setVersion(sample.version())
            .setCpuUserSecondsTotal(Seconds.of(sample.cpu().user()))
            .setCpuSystemSecondsTotal(Seconds.of(sample.cpu().system()))
            .setGc(GarbageCollectorCodec.write(sample.gc()))
            .setGilWaitSeconds(HistogramCodec.write(sample.gilWait()))
            .setAgent(AgentFiguresCodec.write(sample.agent()));
    writeMemory(sample.memory(), m);
    writeContainer(sample.container(), m);
    KernelCodec.write(sample.kernel(), m);
    sample.loops().forEach(loop -> m.addLoops(EventLoopCodec.write(loop)));
    sample.threadCpu().forEach(thread -> m.addThreadCpu(writeThread(thread)));
    sample
        .nativePools()
        .forEach(
            pool ->
                m.addNativePoolsBuilder().setLibrary(pool.library()).setThreads(pool.threads()));
    sample
        .counters()
        .forEach(
            counter ->
                m.addCountersBuilder()
                    .setName(counter.name())
                    .setSite(counter.site())
                    .setTotal(counter.total()));
    return m.build();
  }

  private static void writeMemory(Memory memory, dev.hognose.v1.Sample.Builder m) {
    m.setRssBytes(memory.rss().count()).setAllocatedBlocks(memory.allocatedBlocks());
    BytesCodec.write(memory.uss(), m::setUssBytes);
    BytesCodec.write(memory.pss(), m::setPssBytes);
    BytesCodec.write(memory.traced(), m::setTracedBytes);
    BytesCodec.write(memory.tracer(), m::setTracerBytes);
    BytesCodec.write(memory.mallocUsed(), m::setMallocUsedBytes);
    BytesCodec.write(memory.mallocFree(), m::setMallocFreeBytes);
    BytesCodec.write(memory.swap(), m::setSwapBytes);
  }

  private static void writeContainer(Container container, dev.hognose.v1.Sample.Builder m) {
    BytesCodec.write(container.memoryLimit(), m::setMemoryLimitBytes);
    BytesCodec.write(container.memoryUsage(), m::setMemoryUsageBytes);
    container.oomKills().ifPresent(m::setOomKillsTotal);
    container.cpuLimitCores().ifPresent(m::setCpuLimitCores);
    container.throttled().ifPresent(throttled -> m.setThrottledSecondsTotal(Seconds.of(throttled)));
    Pressure pressure = container.pressure();
    pressure.cpu().ifPresent(waited -> m.setCpuPressureSecondsTotal(Seconds.of(waited)));
    pressure.memory().ifPresent(waited -> m.setMemoryPressureSecondsTotal(Seconds.of(waited)));
    pressure.io().ifPresent(waited -> m.setIoPressureSecondsTotal(Seconds.of(waited)));
  }

  private static dev.hognose.v1.ThreadCpu writeThread(ThreadCpu thread) {
    return dev.hognose.v1.ThreadCpu.newBuilder()
        .setName(thread.name())
        .setCpuSecondsTotal(Seconds.of(thread.cpu()))
        .setRunqueueSecondsTotal(Seconds.of(thread.runQueue()))
        .build();
  }
}
